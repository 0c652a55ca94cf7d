using System.Numerics.Tensors;
using Assay.Models.Offline;
using Assay.Rag.Storage;
using Assay.Rag.Terms;

namespace Assay.Rag.Dense;

/// <summary>The chunks as unit vectors of the offline model, and the model's own term vectors to embed a query with. Read in place, safe for several threads.</summary>
internal sealed unsafe class DenseIndex : IDisposable
{
    public const string FileName = "dense.idx";

    private readonly IndexFile file;
    private readonly float* chunks;

    private DenseIndex(IndexFile file)
    {
        this.file = file;
        chunks = (float*)file.Pointer("chunks");
        Dimensions = file.Section<int>("dimensions")[0];
        ChunkCount = file.Section<float>("chunks").Length / Dimensions;
    }

    public int Dimensions { get; }

    public int ChunkCount { get; }

    public static DenseIndex Open(string path) => new(IndexFile.Open(path, DenseIndexWriter.Kind));

    public ReadOnlySpan<float> Vector(int chunk) => new(chunks + ((long)chunk * Dimensions), Dimensions);

    /// <summary>The query's unit vector; false when the model knows none of its words.</summary>
    public bool TryEmbed(QueryTerms query, Span<float> into)
    {
        into.Clear();
        var weights = file.Section<float>("weights");
        var rows = file.Section<int>("rows");
        var terms = file.Section<Half>("terms");
        Span<float> vector = stackalloc float[Dimensions];
        for (var i = 0; i < query.Terms.Length; i++)
        {
            var row = rows[query.Terms[i]];
            if (row >= 0)
            {
                TensorPrimitives.ConvertToSingle(terms.Slice(row * Dimensions, Dimensions), vector);
                LsaModel.AddTerm(vector, weights[query.Terms[i]], query.Counts[i], into);
            }
        }

        return LsaModel.TryNormalise(into);
    }

    /// <summary>The cosine of every chunk with a unit vector.</summary>
    public void Score(ReadOnlySpan<float> query, Span<float> into)
    {
        for (var chunk = 0; chunk < into.Length; chunk++)
        {
            into[chunk] = TensorPrimitives.Dot(Vector(chunk), query);
        }
    }

    public void Dispose() => file.Dispose();
}
