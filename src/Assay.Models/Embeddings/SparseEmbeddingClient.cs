using Assay.Models.Calls;
using Assay.Telemetry;

namespace Assay.Models.Embeddings;

/// <summary>
/// Sparse vectors (SPLADE and its kin) of a text-embeddings-inference endpoint: <c>POST …/embed_sparse</c>. Made by <see cref="ModelClients.SparseEmbeddings"/>.
/// Safe for several threads.
/// </summary>
public sealed class SparseEmbeddingClient
{
    internal const string Path = "/embed_sparse";

    private readonly ModelConnection connection;
    private readonly ModelCaller caller;
    private readonly BatchLimits limits;

    internal SparseEmbeddingClient(ModelConnection connection, ModelCaller caller, BatchLimits limits)
    {
        this.connection = connection;
        this.caller = caller;
        this.limits = limits;
    }

    /// <summary>The vector of each text, in their order.</summary>
    /// <exception cref="ModelCallException">No answer, or vectors that do not fit the texts.</exception>
    public async Task<IReadOnlyList<SparseVector>> GenerateAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var calls = await Batches.CallAsync(
            Batches.Of(texts, limits),
            limits.Parallel,
            (range, token) => CallAsync([.. texts.Take(range)], token),
            cancellationToken
        );
        return [.. calls.SelectMany(c => (SparseVector[])c.Answer.Value)];
    }

    private Task<Called> CallAsync(List<string> texts, CancellationToken cancellationToken)
    {
        var request = new CallRequest(GenAiOperation.Embeddings, connection.Model, EmbeddingRequests.Tei(texts)) { Texts = () => texts, MaxOutputTokens = 0 };
        return caller.CallAsync(request, answer => EmbeddingAnswers.TeiSparse(answer, texts.Count), cancellationToken);
    }
}
