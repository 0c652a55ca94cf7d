using System.Diagnostics;
using Assay.Models;
using Assay.Models.Caching;
using Assay.Models.Calls;
using Assay.Models.Chat;
using Assay.Observability.Metrics;
using Assay.Prices;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Tests.Models.Calls;

public sealed class CallSpanTests : IDisposable
{
    private const string Secret = "Пациент Иванов жалуется на боль в колене";

    private readonly string folder = Directory.CreateTempSubdirectory("assay-spans-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_attempt_and_every_cached_answer_is_a_span_as_the_price_of_a_trace_needs_it()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json("{}", 500), ModelServer.Json(Fixtures.Completion));
        var spans = await RecordAsync(async () =>
        {
            using var cache = ResponseCache.Open(Path.Combine(folder, "responses"), CacheMode.Write);
            using var clients = new ModelClients(new ModelSettings { Cache = cache });
            var client = clients.Chat(Fixtures.To(server));
            await client.GetResponseAsync(Secret, new ChatOptions().For("greet@3", 0), Token);
            await client.GetResponseAsync(Secret, new ChatOptions().For("greet@3", 0), Token);
        });
        spans.Select(s => s.DisplayName).ShouldBe(["chat glass-1", "chat glass-1", "chat glass-1"]);
        spans.Select(s => s.GetTagItem("assay.attempt")).ShouldBe([1, 2, null]);
        spans.Select(s => s.GetTagItem("assay.cache.hit")).ShouldBe([null, null, true]);
        spans.Select(s => s.Status).ShouldBe([ActivityStatusCode.Error, ActivityStatusCode.Unset, ActivityStatusCode.Unset]);
        foreach (var answered in spans.Skip(1))
        {
            answered.Kind.ShouldBe(ActivityKind.Client);
            answered.GetTagItem("gen_ai.operation.name").ShouldBe("chat");
            answered.GetTagItem("gen_ai.request.model").ShouldBe("glass-1");
            answered.GetTagItem("gen_ai.response.model").ShouldBe("glass-1-2026-01-31");
            answered.GetTagItem("gen_ai.usage.input_tokens").ShouldBe(100L);
            answered.GetTagItem("gen_ai.usage.cache_read.input_tokens").ShouldBe(40L);
            answered.GetTagItem("gen_ai.usage.output_tokens").ShouldBe(30L);
            answered.GetTagItem("gen_ai.usage.reasoning.output_tokens").ShouldBe(10L);
            answered.GetTagItem("assay.prompt").ShouldBe("greet@3");
        }

        spans.SelectMany(Texts).ShouldAllBe(text => !text.Contains("Иванов") && !text.Contains(Fixtures.Key));
    }

    [Fact]
    public async Task Vectors_and_reranking_have_spans_of_their_own()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Embeddings), ModelServer.Json(Fixtures.Jina));
        var spans = await RecordAsync(async () =>
        {
            using var clients = new ModelClients(new ModelSettings());
            await clients.Embeddings(Fixtures.At(server, "/v1")).GenerateAsync(["a", "b"], cancellationToken: Token);
            await clients.Reranker(Fixtures.At(server, "/v1")).RerankAsync("q", ["a", "b"], budget: null, Token);
        });
        spans.Select(s => s.DisplayName).ShouldBe(["embeddings glass-1", "rerank glass-1"]);
        spans.Select(s => s.GetTagItem("gen_ai.usage.input_tokens")).ShouldBe([8L, 25L]);
    }

    [Fact]
    public async Task Totals_tell_retries_and_what_a_cache_avoided()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Html("<html>"), ModelServer.Json("{}", 500), ModelServer.Json(Fixtures.Completion));
        var prices = PriceTable.Parse("models:\n  - model: glass-1\n    prices: [{ from: 2020-01-01, input: 1, output: 1 }]\n", "prices.yaml");
        using var cache = ResponseCache.Open(Path.Combine(folder, "responses"), CacheMode.Write);
        using var clients = new ModelClients(new ModelSettings { Cache = cache, Prices = prices });
        var client = clients.Chat(Fixtures.To(server));
        await Should.ThrowAsync<ModelCallException>(client.GetResponseAsync("a", cancellationToken: Token));
        await client.GetResponseAsync("b", cancellationToken: Token);
        await client.GetResponseAsync("b", cancellationToken: Token);
        // The page of HTML may have been billed; the 500 was not; the retry was; the third came from the cache.
        var used = clients.Used;
        used.Calls.ShouldBe(3);
        used.Unpriced.ShouldBe(1);
        used.Retries.ShouldBe(1);
        used.RetryCost.ShouldBe(Money.OfDollars(0.00013m));
        used.Cost.ShouldBe(used.RetryCost);
        used.Avoided.ShouldBe(used.Cost);
        used.Tokens.AllInput.ShouldBe(100);
    }

    private static IEnumerable<string> Texts(Activity span) =>
        span
            .TagObjects.Concat(span.Events.SelectMany(e => e.Tags))
            .Select(t => $"{t.Key}={t.Value}")
            .Append(span.DisplayName)
            .Append(span.StatusDescription ?? "");

    private static async Task<List<Activity>> RecordAsync(Func<Task> work)
    {
        var spans = new List<Activity>();
        using var root = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GenAiSpans.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == root.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await work();
        return spans;
    }
}
