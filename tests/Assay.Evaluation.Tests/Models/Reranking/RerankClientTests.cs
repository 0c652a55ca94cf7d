using Assay.Models;
using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Evaluation.Tests.Models.Reranking;

public sealed class RerankClientTests
{
    private static readonly string[] Passages = ["a", "b"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", Fixtures.TeiRerank, "/rerank", """{"query":"q","texts":["a","b"],"truncate":true}""")]
    [InlineData("/rerank", Fixtures.TeiRerank, "/rerank", """{"query":"q","texts":["a","b"],"truncate":true}""")]
    [InlineData("/v1", Fixtures.CohereV1, "/v1/rerank", """{"model":"glass-1","query":"q","documents":["a","b"],"top_n":2}""")]
    [InlineData("/v2/rerank", Fixtures.CohereV2, "/v2/rerank", """{"model":"glass-1","query":"q","documents":["a","b"],"top_n":2}""")]
    [InlineData("/v1/rerank", Fixtures.Jina, "/v1/rerank", """{"model":"glass-1","query":"q","documents":["a","b"],"top_n":2}""")]
    public async Task One_client_speaks_and_reads_all_three_shapes(string path, string answer, string asked, string body)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(answer));
        using var clients = new ModelClients(new ModelSettings());
        var reranked = await clients.Reranker(Fixtures.At(server, path)).RerankAsync("q", Passages, budget: null, Token);
        reranked.Scores.ShouldBe([0.02, 0.98]);
        var seen = server.Seen.ShouldHaveSingleItem();
        seen.Path.ShouldBe(asked);
        seen.Body.ShouldBe(body);
    }

    [Fact]
    public async Task Jina_reports_model_and_tokens()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Jina));
        using var clients = new ModelClients(new ModelSettings());
        var facts = (await clients.Reranker(Fixtures.At(server, "/v1")).RerankAsync("q", Passages, budget: null, Token)).Facts;
        facts.Model.ShouldBe("glass-rerank-1");
        facts.Tokens.ShouldBe(new TokenUsage(25, 0, 0, 0, 0));
    }

    [Theory]
    [InlineData("""[{"index":0,"score":1},{"index":2,"score":1}]""", "index 2")]
    [InlineData("""[{"index":0,"score":1},{"index":-1,"score":1}]""", "no index")]
    [InlineData("""[{"index":0,"score":1},{"index":1.5,"score":1}]""", "no index")]
    [InlineData("""[{"index":0,"score":1},{"index":0,"score":1}]""", "index 0 twice")]
    [InlineData("""[{"index":0,"score":1}]""", "1 of 2")]
    [InlineData("""[{"index":0,"score":1},{"index":1,"score":1},{"index":2,"score":1}]""", "3 of 2")]
    [InlineData("""[{"index":0,"score":1},{"score":1}]""", "no index")]
    [InlineData("""[{"index":0,"score":1},{"index":1}]""", "no score")]
    [InlineData("""[{"index":0,"score":1},{"index":1,"score":null}]""", "no score")]
    [InlineData("""[{"index":0,"score":1},{"index":1,"score":1e999}]""", "no score")]
    [InlineData("""{"results":[{"index":0,"relevance_score":1},{"index":9,"relevance_score":1}]}""", "index 9")]
    [InlineData("""{"data":[]}""", "results")]
    [InlineData("\"ok\"", "no JSON object")]
    public async Task Scores_that_are_not_one_for_each_passage_are_malformed(string answer, string hint)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(answer));
        using var clients = new ModelClients(new ModelSettings());
        var failed = await Should.ThrowAsync<ModelCallException>(clients.Reranker(Fixtures.At(server, "/")).RerankAsync("q", Passages, budget: null, Token));
        failed.Fault.ShouldBe(ModelFault.Malformed);
        failed.Message.ShouldContain(hint);
    }

    [Fact]
    public async Task A_budget_ends_attempts_and_retries()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Hang);
        using var clients = new ModelClients(new ModelSettings());
        var failed = await Should.ThrowAsync<ModelCallException>(
            clients.Reranker(Fixtures.At(server, "/")).RerankAsync("q", Passages, TimeSpan.FromMilliseconds(100), Token)
        );
        failed.Fault.ShouldBe(ModelFault.TimedOut);
        failed.Facts!.Attempts.ShouldBe(1);
    }
}
