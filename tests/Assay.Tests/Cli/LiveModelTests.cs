using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Cli;

/// <summary>The pipeline with models over the network: a real server on a free port that speaks the shapes of OpenAI and text-embeddings-inference.</summary>
public sealed class LiveModelTests : IDisposable
{
    private readonly CliPlace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task Vectors_order_and_answer_come_from_the_models_that_are_named()
    {
        await using var models = await FakeModels.StartAsync();
        place.WriteSmallCorpus();
        place.Variables["MY_KEY"] = "k-123456";
        (await place.RunAsync(["rag", "run", place["docs"], "--out", place["out"], "--queries", place.WriteQueries(), .. models.All])).ShouldPass();
        var summary = place.Summary();
        summary.GetProperty("dense_run").GetProperty("model").GetString().ShouldBe("tiny-embed");
        summary.GetProperty("dense_run").GetProperty("dimensions").GetInt32().ShouldBe(FakeModels.Dimensions);
        summary.GetProperty("rerank_run").GetProperty("model").GetString().ShouldBe("tiny-rerank");
        summary.GetProperty("rerank_run").GetProperty("status").GetString().ShouldBe("executed");
        summary.GetProperty("provenance").GetProperty("models").EnumerateArray().Select(m => m.GetString()).ShouldBe(["tiny-embed", "bm25f", "tiny-rerank"]);
        (await PublishedSchema.FaultsAsync(summary.GetRawText())).ShouldBeEmpty();

        string[] ask = ["rag", "ask", "How do I roll back a release?", "--index", place["out"], .. models.All, .. models.Chat];
        var answered = (await place.RunAsync(ask)).ShouldPass();
        answered.Out.ShouldContain("Run the rollback command. [1]");
        answered.Out.ShouldContain("model: tiny-chat-2026 (written by a language model");
        answered.Out.ShouldContain("rerank  applied (tiny-rerank");
        models.Keys.ShouldContain("Bearer k-123456");
    }

    [Theory]
    [InlineData("500", "model_unavailable")]
    [InlineData("hang", "model_timeout")]
    [InlineData("html", "model_malformed")]
    [InlineData("missing", "model_malformed")]
    [InlineData("range", "model_malformed")]
    public async Task A_failing_reranker_leaves_the_fused_order_and_everything_says_so(string fault, string reason)
    {
        await using var models = await FakeModels.StartAsync();
        place.WriteSmallCorpus();
        string[] run = ["rag", "run", place["docs"], "--out", place["out"], "--queries", place.WriteQueries(), "--metrics-file", place["metrics.prom"]];
        (await place.RunAsync([.. run, "--disable-rerank"])).ShouldPass();
        var fused = Documents();
        models.RerankFault = fault;
        // The time runs out where the model hangs, and nowhere else, however slow the machine is.
        string[] reranker = [.. models.Reranker, "--query-budget", fault == "hang" ? "0.3" : "600"];
        (await place.RunAsync([.. run, .. reranker])).ShouldPass();
        Documents().ShouldBe(fused);
        var rerank = place.Summary().GetProperty("rerank_run");
        rerank.GetProperty("status").GetString().ShouldBe("fallback");
        rerank.GetProperty("fallback_reason").GetString().ShouldBe(reason);
        rerank.GetProperty("queries_fell_back").GetInt32().ShouldBe(3);
        (await PublishedSchema.FaultsAsync(place.Summary().GetRawText())).ShouldBeEmpty();
        place
            .Spans()["rag.rerank"]
            .Last(s => s.TryGetProperty("fallback_reason", out var why) && why.GetString() == reason)
            .GetProperty("fallback_used")
            .GetBoolean()
            .ShouldBeTrue();
        place.Metrics().Value("rag_fallbacks_total", ("stage", "rerank"), ("reason", reason)).ShouldBe(2);
        string[] query = ["rag", "query", "How do I roll back a release?", "--index", place["out"], .. reranker];
        (await place.RunAsync(query)).ShouldPass().Out.ShouldContain($"rerank  fallback ({reason})");
    }

    [Theory]
    [InlineData("401")]
    [InlineData("403")]
    public async Task A_refused_key_ends_the_command_and_is_no_fallback(string fault)
    {
        await using var models = await FakeModels.StartAsync();
        place.WriteSmallCorpus();
        (await place.RunAsync("rag", "run", place["docs"], "--out", place["out"])).ShouldPass();
        models.RerankFault = fault;
        string[] query = ["rag", "query", "How do I roll back a release?", "--index", place["out"], .. models.Reranker];
        var refused = (await place.RunAsync(query)).ShouldEndWith(ExitCode.Infrastructure);
        refused.Error.ShouldContain($"answered {fault}");
        refused.Error.ShouldContain(models.Address.Authority);
        refused.Out.ShouldBeEmpty();
        models.Reranked.ShouldBe(1);
    }

    [Fact]
    public async Task Vectors_of_two_models_are_never_compared()
    {
        await using var models = await FakeModels.StartAsync();
        place.WriteSmallCorpus();
        (await place.RunAsync(["rag", "run", place["docs"], "--out", place["out"], .. models.Embeddings])).ShouldPass();
        var without = (await place.RunAsync("rag", "query", "rollback", "--index", place["out"])).ShouldEndWith(ExitCode.WrongUsage);
        without.Error.ShouldContain("--embeddings-model tiny-embed");
        (await place.RunAsync("rag", "query", "rollback", "--index", place["out"], "--disable-dense")).ShouldPass();
    }

    [Theory]
    [InlineData("--embeddings-model", "--reranker", "http://127.0.0.1:1")]
    [InlineData("--reranker URL", "--reranker-model", "a")]
    [InlineData("MISSING_KEY", "--reranker", "http://127.0.0.1:1", "--reranker-model", "a", "--reranker-key", "MISSING_KEY")]
    [InlineData("is no address", "--reranker", "localhost:8080", "--reranker-model", "a")]
    [InlineData("0.05 to 600", "--query-budget", "0")]
    public async Task What_is_missing_is_named_before_anything_is_sent(string named, params string[] options)
    {
        var expected = named == "--embeddings-model" ? "--reranker-model" : named;
        var refused = (await place.RunAsync(["rag", "query", "a", .. options])).ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain(expected);
    }

    private List<string> Documents() =>
        [.. File.ReadAllLines(Path.Combine(place["out"], "run.trec")).Select(line => string.Join(' ', line.Split(' ').Take(4)))];

    /// <summary>Deterministic models: a vector counts words by hash, a reranker prefers shorter passages, a chat model cites the first passage.</summary>
    private sealed class FakeModels : IAsyncDisposable
    {
        public const int Dimensions = 16;

        private readonly WebApplication app;
        private int reranked;

        private FakeModels(WebApplication app) => this.app = app;

        public Uri Address { get; private set; } = null!;

        public string RerankFault { get; set; } = "";

        public ConcurrentQueue<string> Keys { get; } = new();

        public int Reranked => reranked;

        public string[] Embeddings => ["--embeddings", $"{Address}v1", "--embeddings-model", "tiny-embed"];

        public string[] Reranker => ["--reranker", $"{Address}rerank", "--reranker-model", "tiny-rerank"];

        public string[] Chat => ["--chat", $"{Address}v1", "--chat-model", "tiny-chat", "--chat-key", "MY_KEY"];

        public string[] All => [.. Embeddings, .. Reranker];

        public static async Task<FakeModels> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
            var app = builder.Build();
            var models = new FakeModels(app);
            app.Run(models.AnswerAsync);
            await app.StartAsync(TestContext.Current.CancellationToken);
            models.Address = new Uri(app.Urls.First());
            return models;
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync(new CancellationToken(canceled: true));
            await app.DisposeAsync();
        }

        private async Task AnswerAsync(HttpContext context)
        {
            var body = (await JsonNode.ParseAsync(context.Request.Body))!;
            Keys.Enqueue(context.Request.Headers.Authorization.ToString());
            context.Response.ContentType = "application/json";
            switch (context.Request.Path.Value)
            {
                case "/v1/embeddings":
                    // Shape: platform.openai.com/docs/api-reference/embeddings.
                    var data = body["input"]!.AsArray().Select((text, i) => new { index = i, embedding = Vector((string)text!) });
                    await context.Response.WriteAsync(
                        JsonSerializer.Serialize(
                            new
                            {
                                data,
                                model = (string)body["model"]!,
                                usage = new { prompt_tokens = 1 },
                            }
                        )
                    );
                    break;
                case "/rerank":
                    await RerankAsync(context, [.. body["texts"]!.AsArray().Select(t => (string)t!)]);
                    break;
                default:
                    // Shape: platform.openai.com/docs/api-reference/chat.
                    await context.Response.WriteAsync(
                        """{"model":"tiny-chat-2026","choices":[{"finish_reason":"stop","message":{"content":"Run the rollback command. [1] It is safe. [9]"}}]}"""
                    );
                    break;
            }
        }

        // Shape: text-embeddings-inference, POST /rerank.
        private async Task RerankAsync(HttpContext context, string[] texts)
        {
            Interlocked.Increment(ref reranked);
            if (int.TryParse(RerankFault, out var status))
            {
                context.Response.StatusCode = status;
                // Longer than any budget: it is not asked again.
                context.Response.Headers.RetryAfter = "3600";
                return;
            }

            if (RerankFault == "hang")
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            var scores = texts.Select((text, i) => new { index = RerankFault == "range" ? i + 1 : i, score = 1.0 / text.Length });
            var answer = RerankFault == "missing" ? scores.Skip(1) : scores;
            await context.Response.WriteAsync(RerankFault == "html" ? "<html>Sign in</html>" : JsonSerializer.Serialize(answer));
        }

        private static float[] Vector(string text)
        {
            var vector = new float[Dimensions];
            foreach (var word in text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                vector[Encoding.UTF8.GetBytes(word).Sum(b => b) % Dimensions]++;
            }

            return vector;
        }
    }
}
