using System.Numerics.Tensors;

namespace Assay.Rag.Fusion;

/// <summary>Puts scores of different scales on one: mean 0, standard deviation 1 over all chunks.</summary>
internal static class ZScores
{
    /// <summary>Standardises in place; scores that are all equal become 0.</summary>
    public static void Standardise(Span<float> scores)
    {
        if (scores.IsEmpty)
        {
            return;
        }

        var mean = TensorPrimitives.Sum((ReadOnlySpan<float>)scores) / scores.Length;
        TensorPrimitives.Subtract(scores, mean, scores);
        var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares((ReadOnlySpan<float>)scores) / scores.Length);
        if (deviation > 1e-12f)
        {
            TensorPrimitives.Divide(scores, deviation, scores);
        }
        else
        {
            scores.Clear();
        }
    }
}
