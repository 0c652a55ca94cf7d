using Assay.Models.Calls;
using Assay.Telemetry;

namespace Assay.Models.Reranking;

/// <summary>A cross-encoder behind a TEI, Cohere or Jina endpoint, asked in batches. Made by <see cref="ModelClients.Reranker"/>. Safe for several threads.</summary>
internal sealed class RerankClient(ModelConnection connection, ModelCaller caller, RerankShape shape, BatchLimits limits, TimeProvider time) : IReranker
{
    public const string Path = "/rerank";

    public string Model => connection.Model;

    public async Task<RerankedPassages> RerankAsync(string query, IReadOnlyList<string> passages, TimeSpan? budget, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var calls = await Batches.CallAsync(
            Batches.Of(passages, limits),
            limits.Parallel,
            (range, token) => CallAsync(query, [.. passages.Take(range)], budget - time.GetElapsedTime(started), token),
            cancellationToken
        );
        var scores = calls.SelectMany(c => (double[])c.Answer.Value).ToList();
        return new RerankedPassages(scores, Batches.Sum(calls, connection.Model, time.GetElapsedTime(started)));
    }

    private Task<Called> CallAsync(string query, List<string> passages, TimeSpan? budget, CancellationToken cancellationToken)
    {
        var request = new CallRequest(GenAiOperation.Rerank, connection.Model, RerankMessages.Write(shape, connection.Model, query, passages))
        {
            Texts = () => passages.Prepend(query),
            MaxOutputTokens = 0,
            Budget = budget,
        };
        return caller.CallAsync(request, answer => RerankMessages.Read(answer, passages.Count), cancellationToken);
    }
}
