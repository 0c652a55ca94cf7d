using System.Collections.Concurrent;
using System.Net.Sockets;
using Assay.Embedded;
using Assay.Stores;

namespace Assay.Server.Tests.Hosting;

/// <summary>However the hub ends, what it acknowledged is there afterwards.</summary>
public sealed class EndUnderLoadTests
{
    private const int Senders = 4;
    private const int TracesOfABatch = 20;
    private const int BatchesBeforeTheEnd = 30;

    [Fact]
    public async Task Killed_under_load_it_has_every_span_that_it_acknowledged()
    {
        var folder = Directory.CreateTempSubdirectory("assay-kill-").FullName;
        var acknowledged = new ConcurrentBag<long>();
        for (var round = 0; round < 3; round++)
        {
            using var hub = await ServedProcess.StartAsync(folder);
            await SendUntilAsync(hub, acknowledged, firstTrace: 1 + (round * 1_000_000L), hub.KillAsync);
        }

        await ShouldHoldAsync(folder, acknowledged);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Stopped_under_load_it_finishes_what_it_began_and_ends_well()
    {
        var folder = Directory.CreateTempSubdirectory("assay-stop-").FullName;
        var acknowledged = new ConcurrentBag<long>();
        using (var hub = await ServedProcess.StartAsync(folder))
        {
            var code = -1;
            await SendUntilAsync(hub, acknowledged, firstTrace: 1, async () => code = await hub.StopAsync());
            code.ShouldBe(0);
        }

        await ShouldHoldAsync(folder, acknowledged);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_second_interrupt_ends_it_at_once_whatever_is_begun()
    {
        var folder = Directory.CreateTempSubdirectory("assay-twice-").FullName;
        using (var hub = await ServedProcess.StartAsync(folder))
        {
            // The first request is slow; the half one must not have to wait for that, for Kestrel gives up a body that does not go on within 5 s.
            (await SentSpans.PostAsync(hub.Otlp, [2], TestContext.Current.CancellationToken)).ShouldBe(200);
            using var sender = new TcpClient();
            await sender.ConnectAsync("127.0.0.1", hub.Otlp.BaseAddress!.Port, TestContext.Current.CancellationToken);
            // A request of which half has come: the first interrupt waits for the rest.
            var half = "POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"resourceSpans\""u8;
            await sender.GetStream().WriteAsync(half.ToArray(), TestContext.Current.CancellationToken);
            (await SentSpans.PostAsync(hub.Otlp, [1], TestContext.Current.CancellationToken)).ShouldBe(200);

            await hub.SignalAsync("INT");
            (await hub.ReadErrorLineAsync())!.ShouldStartWith("stopping:");
            await hub.SignalAsync("INT");
            (await hub.ExitCodeAsync()).ShouldBe(130);
        }

        await using (var store = await EmbeddedStore.OpenAsync(folder, TimeProvider.System, TestContext.Current.CancellationToken))
        {
            (await store.Events.GetTraceAsync(new TraceId(1), TestContext.Current.CancellationToken))!.Spans.Count.ShouldBe(2);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Sends from several sides; after some batches the hub ends, and the senders go on until they are refused.</summary>
    private static async Task SendUntilAsync(ServedProcess hub, ConcurrentBag<long> acknowledged, long firstTrace, Func<Task> end)
    {
        var next = firstTrace - 1;
        var batches = 0;
        var enough = new TaskCompletionSource();
        async Task SendAsync()
        {
            while (true)
            {
                var last = Interlocked.Add(ref next, TracesOfABatch);
                var traces = Enumerable.Range(0, TracesOfABatch).Select(i => last - i).ToList();
                try
                {
                    if (await SentSpans.PostAsync(hub.Otlp, traces, TestContext.Current.CancellationToken) == 200)
                    {
                        traces.ForEach(acknowledged.Add);
                    }
                }
                catch (HttpRequestException)
                {
                    return;
                }

                if (Interlocked.Increment(ref batches) == BatchesBeforeTheEnd)
                {
                    enough.SetResult();
                }
            }
        }

        var senders = Enumerable.Range(0, Senders).Select(_ => SendAsync()).ToList();
        await enough.Task;
        await end();
        await Task.WhenAll(senders);
    }

    private static async Task ShouldHoldAsync(string folder, ConcurrentBag<long> acknowledged)
    {
        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(BatchesBeforeTheEnd * TracesOfABatch / 2);
        await using var store = await EmbeddedStore.OpenAsync(folder, TimeProvider.System, TestContext.Current.CancellationToken);
        var lost = new List<long>();
        foreach (var trace in acknowledged)
        {
            var kept = await store.Events.GetTraceAsync(new TraceId((UInt128)trace), TestContext.Current.CancellationToken);
            if (kept is not { Spans.Count: 2 })
            {
                lost.Add(trace);
            }
        }

        lost.ShouldBeEmpty($"of {acknowledged.Count} acknowledged");
    }
}
