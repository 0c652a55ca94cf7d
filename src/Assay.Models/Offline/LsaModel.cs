using System.Numerics.Tensors;

namespace Assay.Models.Offline;

/// <summary>
/// The offline embedding model: latent semantic analysis learned from the corpus itself. Log-entropy weights
/// (Dumais: Improving the retrieval of information from external sources, 1991), unit-length rows, a truncated singular value decomposition.
/// It knows only words of its corpus and is no substitute for a trained embedding model; every output names it <see cref="Name"/>.
/// </summary>
public sealed class LsaModel
{
    /// <summary>How outputs name the model.</summary>
    public const string Name = "offline/lsa";

    private readonly float[] termVectors;
    private readonly float[] termWeights;

    /// <summary>A model from its parts.</summary>
    /// <param name="dimensions">Length of a vector.</param>
    /// <param name="termVectors">One row of <paramref name="dimensions"/> numbers a term.</param>
    /// <param name="termWeights">Global (entropy) weight of each term; 0 for terms outside the model.</param>
    public LsaModel(int dimensions, float[] termVectors, float[] termWeights)
    {
        Dimensions = dimensions;
        this.termVectors = termVectors;
        this.termWeights = termWeights;
    }

    /// <summary>Length of every vector.</summary>
    public int Dimensions { get; }

    /// <summary>One row a term.</summary>
    public ReadOnlySpan<float> TermVectors => termVectors;

    /// <summary>Global weight of each term, 0 to 1.</summary>
    public ReadOnlySpan<float> TermWeights => termWeights;

    /// <summary>Learns the model from counts of terms by chunk.</summary>
    /// <param name="counts">Chunk × term counts.</param>
    /// <param name="seed">Seed of the random start.</param>
    /// <param name="threads">Threads to use; the result is the same for any number.</param>
    /// <returns>Null when the corpus is too small to learn from (fewer than two chunks that share terms).</returns>
    public static LsaModel? Learn(SparseRows counts, long seed, int threads)
    {
        var weights = LogEntropy.GlobalWeights(counts);
        var learned = LsaLearner.Learn(LogEntropy.Weigh(counts, weights), seed, threads);
        return learned is null ? null : new LsaModel(learned.Columns, learned.Values, weights);
    }

    /// <summary>The unit vector of a bag of words; false when no word is known to the model.</summary>
    /// <param name="terms">Term numbers.</param>
    /// <param name="counts">How often each occurs.</param>
    /// <param name="into"><see cref="Dimensions"/> numbers.</param>
    public bool TryEmbed(ReadOnlySpan<int> terms, ReadOnlySpan<float> counts, Span<float> into)
    {
        into.Clear();
        for (var i = 0; i < terms.Length; i++)
        {
            if (termWeights[terms[i]] > 0)
            {
                AddTerm(TermVectors.Slice(terms[i] * Dimensions, Dimensions), termWeights[terms[i]], counts[i], into);
            }
        }

        return TryNormalise(into);
    }

    /// <summary>Adds one term of a bag of words to a vector in the making: its vector × its global weight × log(1 + count).</summary>
    public static void AddTerm(ReadOnlySpan<float> termVector, float globalWeight, float count, Span<float> into) =>
        TensorPrimitives.MultiplyAdd(termVector, globalWeight * LogEntropy.Local(count), into, into);

    /// <summary>Brings a vector to length 1; false, and the vector zero, when nothing was added to it.</summary>
    public static bool TryNormalise(Span<float> vector)
    {
        var norm = TensorPrimitives.Norm((ReadOnlySpan<float>)vector);
        if (norm < 1e-12f)
        {
            vector.Clear();
            return false;
        }

        TensorPrimitives.Divide(vector, norm, vector);
        return true;
    }
}
