using Assay.Models;
using Assay.Models.Caching;
using Assay.Models.Calls;
using Assay.Models.Chat;
using Assay.Prices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Tests.Models.Caching;

public sealed class ResponseCacheTests : IDisposable
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("assay-cache-").FullName, "responses");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Fact]
    public async Task A_second_process_answers_from_the_files_of_the_first_and_keeps_its_time()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        var first = await AskAsync(server, CacheMode.Write);
        var second = await AskAsync(server, CacheMode.Only);
        server.Seen.Count.ShouldBe(1);
        second.Text.ShouldBe(first.Text);
        second.Usage!.TotalTokenCount.ShouldBe(130);
        second.Facts().ShouldBe(first.Facts() with { FromCache = true, Attempts = 0 });
    }

    [Fact]
    public async Task A_cached_answer_costs_nothing_and_says_what_it_would_have_cost()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        var prices = PriceTable.Parse("models:\n  - model: glass-1\n    prices: [{ from: 2020-01-01, input: 1, output: 1 }]\n", "prices.yaml");
        using var cache = ResponseCache.Open(folder, CacheMode.Write);
        using var clients = new ModelClients(new ModelSettings { Cache = cache, Prices = prices });
        var client = clients.Chat(Fixtures.To(server));
        var paid = (await client.GetResponseAsync("q", cancellationToken: Token)).Facts();
        var cached = (await client.GetResponseAsync("q", cancellationToken: Token)).Facts();
        cached.Cost.ShouldBe(paid.Cost);
        clients.Used.Cost.ShouldBe(paid.Cost!.Value);
        clients.Used.Avoided.ShouldBe(paid.Cost!.Value);
        clients.Used.CacheHits.ShouldBe(1);
    }

    [Fact]
    public async Task Every_part_of_the_key_keeps_answers_apart()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        await using var other = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        using var cache = ResponseCache.Open(folder, CacheMode.Write);
        using var clients = new ModelClients(new ModelSettings { Cache = cache });
        var client = clients.Chat(Fixtures.To(server));
        ChatOptions?[] differing =
        [
            null,
            new ChatOptions().For("p@1", 0),
            new ChatOptions().For("p@2", 0),
            new ChatOptions().For("p@2", 1),
            new ChatOptions { Seed = 1 },
            new ChatOptions { Temperature = 0.5f },
            new ChatOptions { ModelId = "glass-2" },
        ];
        for (var round = 0; round < 2; round++)
        {
            foreach (var options in differing)
            {
                await client.GetResponseAsync("q", options, Token);
            }

            await client.GetResponseAsync("Q", cancellationToken: Token);
            await clients.Chat(Fixtures.To(other)).GetResponseAsync("q", cancellationToken: Token);
        }

        server.Seen.Count.ShouldBe(differing.Length + 1);
        other.Seen.Count.ShouldBe(1);
        cache.Report.Hits.ShouldBe(differing.Length + 2);
    }

    [Fact]
    public async Task Modes_do_what_they_say()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        (await Should.ThrowAsync<ModelCallException>(AskAsync(server, CacheMode.Only))).Fault.ShouldBe(ModelFault.NotCached);
        server.Seen.Count.ShouldBe(0);
        await AskAsync(server, CacheMode.Read);
        Directory.Exists(folder).ShouldBeFalse();
        await AskAsync(server, CacheMode.Write);
        await AskAsync(server, CacheMode.Off);
        server.Seen.Count.ShouldBe(3);
        (await AskAsync(server, CacheMode.Read)).Facts().FromCache.ShouldBeTrue();
        server.Seen.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Calls_at_the_same_time_for_the_same_are_made_once()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ModelServer.StartAsync(async context =>
        {
            await go.Task;
            await context.Response.WriteAsync(Fixtures.Completion);
        });
        using var cache = ResponseCache.Open(folder, CacheMode.Write);
        using var clients = new ModelClients(new ModelSettings { Cache = cache });
        var client = clients.Chat(Fixtures.To(server));
        var asked = Enumerable.Range(0, 20).Select(_ => client.GetResponseAsync("q", cancellationToken: Token)).ToList();
        go.SetResult();
        var responses = await Task.WhenAll(asked);
        server.Seen.Count.ShouldBe(1);
        responses.Count(r => r.Facts().FromCache).ShouldBe(19);
    }

    [Fact]
    public async Task Who_waits_fails_with_the_one_who_asks_and_failures_are_not_kept()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ModelServer.StartAsync(
            async context =>
            {
                await go.Task;
                context.Response.StatusCode = 401;
            },
            ModelServer.Json(Fixtures.Completion)
        );
        using var cache = ResponseCache.Open(folder, CacheMode.Write);
        using var clients = new ModelClients(new ModelSettings { Cache = cache });
        var client = clients.Chat(Fixtures.To(server));
        var asked = Enumerable.Range(0, 5).Select(_ => client.GetResponseAsync("q", cancellationToken: Token)).ToList();
        go.SetResult();
        foreach (var one in asked)
        {
            (await Should.ThrowAsync<ModelCallException>(one)).Fault.ShouldBe(ModelFault.Refused);
        }

        server.Seen.Count.ShouldBe(1);
        (await client.GetResponseAsync("q", cancellationToken: Token)).Facts().FromCache.ShouldBeFalse();
    }

    [Fact]
    public async Task When_the_one_who_asks_gives_up_another_asks()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Hang, ModelServer.Json(Fixtures.Completion));
        using var cache = ResponseCache.Open(folder, CacheMode.Write);
        using var clients = new ModelClients(new ModelSettings { Cache = cache });
        var client = clients.Chat(Fixtures.To(server));
        using var stop = new CancellationTokenSource();
        var first = client.GetResponseAsync("q", cancellationToken: stop.Token);
        while (server.Seen.IsEmpty)
        {
            first.IsCompleted.ShouldBeFalse();
            await Task.Delay(5, Token);
        }

        var second = client.GetResponseAsync("q", cancellationToken: Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        (await second).Text.ShouldBe("Откатите релиз.");
    }

    [Fact]
    public async Task A_torn_file_loses_its_last_answer_only()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        await AskAsync(server, CacheMode.Write, "a", "b");
        var file = Directory.GetFiles(folder).ShouldHaveSingleItem();
        using (var stream = new FileStream(file, FileMode.Open))
        {
            stream.SetLength(stream.Length - 10);
        }

        using (var cache = ResponseCache.Open(folder, CacheMode.Read))
        {
            cache.Report.Entries.ShouldBe(1);
            cache.Report.TornBytes.ShouldBeGreaterThan(0);
        }

        await AskAsync(server, CacheMode.Write, "a", "b");
        server.Seen.Count.ShouldBe(3);
        await AskAsync(server, CacheMode.Only, "a", "b");
    }

    [Fact]
    public async Task A_damaged_answer_is_asked_anew()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        await AskAsync(server, CacheMode.Write, "a");
        var file = Directory.GetFiles(folder).ShouldHaveSingleItem();
        var bytes = await File.ReadAllBytesAsync(file, Token);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Token);
        using var cache = ResponseCache.Open(folder, CacheMode.Write);
        using var clients = new ModelClients(new ModelSettings { Cache = cache });
        (await clients.Chat(Fixtures.To(server)).GetResponseAsync("a", cancellationToken: Token)).Facts().FromCache.ShouldBeFalse();
        cache.Report.Damaged.ShouldBe(1);
    }

    [Fact]
    public async Task Beyond_the_size_the_oldest_answers_go_and_are_counted()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        using var cache = ResponseCache.Open(folder, CacheMode.Write, maxBytes: 20_000);
        using var clients = new ModelClients(new ModelSettings { Cache = cache });
        var client = clients.Chat(Fixtures.To(server));
        for (var i = 0; i < 60; i++)
        {
            await client.GetResponseAsync($"question {i}", cancellationToken: Token);
        }

        var report = cache.Report;
        report.DroppedFiles.ShouldBeGreaterThan(0);
        report.Bytes.ShouldBeLessThanOrEqualTo(20_000);
        Directory.GetFiles(folder).Sum(f => new FileInfo(f).Length).ShouldBe(report.Bytes);
        report.Entries.ShouldBeLessThan(60);
        (await client.GetResponseAsync("question 59", cancellationToken: Token)).Facts().FromCache.ShouldBeTrue();
        (await client.GetResponseAsync("question 0", cancellationToken: Token)).Facts().FromCache.ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_costs_nobody_an_answer()
    {
        await File.WriteAllTextAsync(folder, "a file where the folder should be", Token);
        await using var server = await ModelServer.StartAsync(ModelServer.Json(Fixtures.Completion));
        using var cache = ResponseCache.Open(folder, CacheMode.Write);
        using var clients = new ModelClients(new ModelSettings { Cache = cache });
        (await clients.Chat(Fixtures.To(server)).GetResponseAsync("a", cancellationToken: Token)).Text.ShouldNotBeEmpty();
        cache.Report.Lost.ShouldBe(1);
    }

    private async Task<ChatResponse> AskAsync(ModelServer server, CacheMode mode, params string[] questions)
    {
        using var cache = ResponseCache.Open(folder, mode);
        using var clients = new ModelClients(new ModelSettings { Cache = cache });
        ChatResponse? last = null;
        foreach (var question in questions.DefaultIfEmpty("q"))
        {
            last = await clients.Chat(Fixtures.To(server)).GetResponseAsync(question, cancellationToken: Token);
        }

        return last!;
    }
}
