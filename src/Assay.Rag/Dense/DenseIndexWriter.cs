using System.Numerics.Tensors;
using Assay.Models.Offline;
using Assay.Rag.Storage;

namespace Assay.Rag.Dense;

/// <summary>Writes the dense index: the model's term vectors in half precision and the unit vector of each chunk.</summary>
internal static class DenseIndexWriter
{
    public const string Kind = "dense";

    /// <summary>Writes vectors of a model that is asked over the network: the index holds nothing to embed a query with.</summary>
    public static long Write(string path, int dimensions, float[] chunkVectors) => Write(path, dimensions, [], [], [], chunkVectors);

    public static long Write(string path, LsaModel model, float[] chunkVectors)
    {
        var rowOf = new int[model.TermWeights.Length];
        var rows = 0;
        for (var term = 0; term < rowOf.Length; term++)
        {
            rowOf[term] = model.TermWeights[term] > 0 ? rows++ : -1;
        }

        var halves = new Half[(long)rows * model.Dimensions];
        for (var term = 0; term < rowOf.Length; term++)
        {
            if (rowOf[term] >= 0)
            {
                TensorPrimitives.ConvertToHalf(
                    model.TermVectors.Slice(term * model.Dimensions, model.Dimensions),
                    halves.AsSpan(rowOf[term] * model.Dimensions)
                );
            }
        }

        return Write(path, model.Dimensions, model.TermWeights, rowOf, halves, chunkVectors);
    }

    /// <summary>The unit vector of each chunk, one after the other; zero for a chunk without known terms.</summary>
    public static float[] Embed(LsaModel model, SparseRows counts, int threads)
    {
        var vectors = new float[(long)counts.Rows * model.Dimensions];
        Parallelism.ForRanges(
            counts.Rows,
            threads,
            row =>
            {
                var range = counts.Starts[row]..counts.Starts[row + 1];
                model.TryEmbed(counts.Column.AsSpan(range), counts.Value.AsSpan(range), vectors.AsSpan(row * model.Dimensions, model.Dimensions));
            }
        );
        return vectors;
    }

    private static long Write(string path, int dimensions, ReadOnlySpan<float> weights, int[] rows, Half[] terms, float[] chunkVectors)
    {
        var writer = new IndexFileWriter(Kind);
        writer.Add<int>("dimensions", [dimensions]);
        writer.Add("weights", weights);
        writer.Add<int>("rows", rows);
        writer.Add<Half>("terms", terms);
        writer.Add<float>("chunks", chunkVectors);
        return writer.Write(path);
    }
}
