using Assay.Models.Calls;
using Assay.Models.Embeddings;
using Assay.Models.Offline;
using Assay.Rag.Chunking;
using Microsoft.Extensions.AI;

namespace Assay.Rag.Live;

/// <summary>Unit vectors of chunks and queries by a model over the network.</summary>
internal sealed class LiveEmbeddings(IEmbeddingGenerator<string, Embedding<float>> generator, string model)
{
    /// <summary>Chunks embedded between two messages about progress; bounds what waits in memory as text.</summary>
    private const int ChunksAtOnce = 512;

    /// <summary>The model's name, as the index remembers it.</summary>
    public string Model => model;

    /// <summary>The unit vectors of all chunks, one after the other; zero for a chunk whose vector is zero.</summary>
    /// <exception cref="ModelCallException">The model gave no answer.</exception>
    public async Task<EmbeddedChunks> EmbedAsync(IReadOnlyList<Chunk> chunks, Action<int> done, CancellationToken cancellationToken)
    {
        var vectors = Array.Empty<float>();
        var dimensions = 0;
        for (var start = 0; start < chunks.Count; start += ChunksAtOnce)
        {
            var texts = chunks.Skip(start).Take(ChunksAtOnce).Select(PassageText.Of).ToList();
            var embedded = await generator.GenerateAsync(texts, cancellationToken: cancellationToken);
            if (start == 0)
            {
                dimensions = embedded[0].Vector.Length;
                vectors = new float[(long)chunks.Count * dimensions];
            }

            for (var i = 0; i < embedded.Count; i++)
            {
                Copy(embedded[i].Vector.Span, vectors.AsSpan((start + i) * dimensions, dimensions));
            }

            done(start + embedded.Count);
        }

        return new EmbeddedChunks(dimensions, vectors);
    }

    /// <summary>Fills <paramref name="into"/> with the query's unit vector.</summary>
    /// <exception cref="ModelCallException">The model gave no answer in time, or a vector of another length than the index has.</exception>
    public async Task EmbedAsync(string query, float[] into, TimeSpan budget, CancellationToken cancellationToken)
    {
        var embedded = await generator.GenerateAsync([query], EmbeddingFacts.Within(budget), cancellationToken);
        Copy(embedded[0].Vector.Span, into);
    }

    private void Copy(ReadOnlySpan<float> vector, Span<float> into)
    {
        if (vector.Length != into.Length)
        {
            throw new ModelCallException(
                ModelFault.Malformed,
                $"'{model}' answers with vectors of {vector.Length} numbers, and {into.Length} are expected. Check that the model is the one the index was built with."
            );
        }

        vector.CopyTo(into);
        LsaModel.TryNormalise(into);
    }
}

/// <summary>Unit vectors of chunks.</summary>
/// <param name="Dimensions">Length of each.</param>
/// <param name="Vectors">One after the other.</param>
internal sealed record EmbeddedChunks(int Dimensions, float[] Vectors);
