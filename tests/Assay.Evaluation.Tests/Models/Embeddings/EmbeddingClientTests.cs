using System.Text.Json;
using Assay.Models;
using Assay.Models.Calls;
using Assay.Models.Embeddings;
using Assay.Prices;
using Microsoft.AspNetCore.Http;

namespace Assay.Evaluation.Tests.Models.Embeddings;

public sealed class EmbeddingClientTests
{
    private static readonly string[] Texts = ["канарейка", "canary"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1", Fixtures.Embeddings, "/v1/embeddings", """{"model":"glass-1","input":["канарейка","canary"],"encoding_format":"float"}""")]
    [InlineData("/embed", Fixtures.TeiEmbeddings, "/embed", """{"inputs":["канарейка","canary"],"truncate":true}""")]
    public async Task Both_shapes_are_spoken_and_read_alike(string path, string answer, string asked, string body)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(answer));
        using var clients = new ModelClients(new ModelSettings());
        var vectors = await clients.Embeddings(Fixtures.At(server, path)).GenerateAsync(Texts, cancellationToken: Token);
        vectors
            .Select(v => v.Vector.ToArray())
            .ShouldBe([
                [1f, -0.25f],
                [0f, 1f],
            ]);
        var seen = server.Seen.ShouldHaveSingleItem();
        seen.Path.ShouldBe(asked);
        seen.Body.ShouldBe(body);
        seen.Authorization.ShouldBeNull();
        vectors.Facts()!.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Tokens_are_known_from_who_reports_them_and_unknown_elsewhere()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Embeddings), ModelServer.Json(Fixtures.TeiEmbeddings));
        using var clients = new ModelClients(new ModelSettings());
        (await clients.Embeddings(Fixtures.At(server, "/v1")).GenerateAsync(Texts, cancellationToken: Token))
            .Facts()!
            .Tokens.ShouldBe(new TokenUsage(8, 0, 0, 0, 0));
        (await clients.Embeddings(Fixtures.At(server, "/embed")).GenerateAsync(Texts, cancellationToken: Token)).Facts()!.Tokens.ShouldBeNull();
    }

    [Theory]
    [InlineData("/v1", """{"data":[{"index":0,"embedding":[1]}]}""", "1 vectors for 2 texts")]
    [InlineData("/v1", """{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}""", "index 0 twice")]
    [InlineData("/v1", """{"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[1]}]}""", "index 2")]
    [InlineData("/v1", """{"data":[{"index":0,"embedding":[1]},{"index":-1,"embedding":[1]}]}""", "no index")]
    [InlineData("/v1", """{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}""", "differ in length")]
    [InlineData("/v1", """{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}""", "no list of numbers")]
    [InlineData("/v1", """{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1e99]}]}""", "finite")]
    [InlineData("/v1", """{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[null]}]}""", "finite")]
    [InlineData("/v1", """{"data":[{"index":0,"embedding":[NaN]},{"index":1,"embedding":[1]}]}""", "breaks off or is wrong")]
    [InlineData("/v1", """{"data":[1,2]}""", "no index")]
    [InlineData("/embed", "[[1,2]]", "1 vectors for 2 texts")]
    [InlineData("/embed", "[[1],[1,2]]", "differ in length")]
    [InlineData("/embed", """{"error":"Model is overloaded","error_type":"Overloaded"}""", "Model is overloaded")]
    [InlineData("/embed", """{"vectors":[]}""", "no list of vectors")]
    public async Task Vectors_that_do_not_fit_the_texts_are_malformed(string path, string answer, string hint)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(answer));
        using var clients = new ModelClients(new ModelSettings());
        var failed = await Should.ThrowAsync<ModelCallException>(clients.Embeddings(Fixtures.At(server, path)).GenerateAsync(Texts, cancellationToken: Token));
        failed.Fault.ShouldBe(ModelFault.Malformed);
        failed.Message.ShouldContain(hint);
    }

    [Fact]
    public async Task Many_texts_go_out_in_bounded_batches_and_come_back_in_order()
    {
        await using var server = await ModelServer.StartAsync(EchoLengths);
        using var clients = new ModelClients(new ModelSettings());
        var texts = Enumerable.Range(1, 100).Select(i => new string('a', i)).ToList();
        var client = clients.Embeddings(Fixtures.At(server, "/embed"), batches: new BatchLimits(MaxItems: 7, MaxChars: 300, Parallel: 3));
        var vectors = await client.GenerateAsync(texts, cancellationToken: Token);
        vectors.Select(v => (int)v.Vector.Span[0]).ShouldBe(Enumerable.Range(1, 100));
        var sizes = server.Seen.Select(s => JsonSerializer.Deserialize<Inputs>(s.Body)!.inputs).ToList();
        sizes.ShouldAllBe(batch => batch.Length <= 7 && (batch.Length == 1 || batch.Sum(t => t.Length) <= 300));
    }

    [Fact]
    public async Task Nothing_to_embed_asks_nobody()
    {
        await using var server = await ModelServer.StartAsync();
        using var clients = new ModelClients(new ModelSettings());
        (await clients.Embeddings(Fixtures.At(server, "/embed")).GenerateAsync([], cancellationToken: Token)).Count.ShouldBe(0);
        server.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sparse_vectors_are_sorted_by_index()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.TeiSparse));
        using var clients = new ModelClients(new ModelSettings());
        var vectors = await clients.SparseEmbeddings(Fixtures.At(server, "/")).GenerateAsync(Texts, Token);
        server.Seen.ShouldHaveSingleItem().Path.ShouldBe("/embed_sparse");
        vectors[0].Indices.ShouldBe([3, 7]);
        vectors[0].Values.ShouldBe([1.25f, 0.5f]);
        vectors[1].Indices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""[[{"index":7,"value":0.5},{"index":7,"value":1}],[]]""")]
    [InlineData("""[[{"index":-1,"value":0.5}],[]]""")]
    [InlineData("""[[{"index":1}],[]]""")]
    [InlineData("""[[0.5],[]]""")]
    [InlineData("[[]]")]
    public async Task Sparse_vectors_that_make_no_sense_are_malformed(string answer)
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(answer));
        using var clients = new ModelClients(new ModelSettings());
        var client = clients.SparseEmbeddings(Fixtures.At(server, "/"));
        (await Should.ThrowAsync<ModelCallException>(client.GenerateAsync(Texts, Token))).Fault.ShouldBe(ModelFault.Malformed);
    }

    private static async Task EchoLengths(HttpContext context)
    {
        context.Request.Body.Position = 0;
        var asked = await JsonSerializer.DeserializeAsync<Inputs>(context.Request.Body);
        await context.Response.WriteAsJsonAsync(asked!.inputs.Select(t => new[] { t.Length }));
    }

    private sealed record Inputs(string[] inputs);
}
