using Assay.Embedded;
using Assay.Server.Hosting;
using Assay.Server.Slos;
using Assay.Stores;

namespace Assay.Server.Tests.Slos;

/// <summary>Each stored event counts once for SLOs, in whatever order batches are told of.</summary>
public sealed class SloFeedTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly SloBook book = new(new HubOptions { CatalogFolder = "none" }, TimeProvider.System);
    private EmbeddedStore store = null!;
    private SloFeed feed = null!;
    private int traces;

    public async ValueTask InitializeAsync()
    {
        store = await EmbeddedStore.OpenAsync(folder.Path, TimeProvider.System, TestContext.Current.CancellationToken);
        feed = NewFeed(book);
        await feed.CatchUpAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        book.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Batches_in_order_count_without_reading_them_back()
    {
        for (var i = 1; i <= 5; i++)
        {
            feed.Take(await AppendAsync());
            Counted(book).ShouldBe(2 * i);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Batches_in_any_order_and_with_some_untold_count_once(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 4; round++)
        {
            var reports = new List<AppendReport>();
            for (var i = 0; i < 60; i++)
            {
                reports.Add(await AppendAsync());
            }

            var told = reports.ToArray();
            random.Shuffle(told);
            foreach (var report in told.Skip(round))
            {
                feed.Take(report);
            }

            // One that is told twice changes nothing.
            feed.Take(told[^1]);
            await feed.CatchUpToEndAsync(TestContext.Current.CancellationToken);
            Counted(book).ShouldBe(120 * (round + 1));
            feed.Position.ShouldBe(reports[^1].Position);
        }
    }

    [Fact]
    public async Task What_was_saved_is_gone_on_with_from_its_position()
    {
        feed.Take(await AppendAsync());
        await feed.SaveAsync(always: true, TestContext.Current.CancellationToken);
        feed.Take(await AppendAsync());
        var untold = await AppendAsync();

        using var other = new SloBook(new HubOptions { CatalogFolder = "none" }, TimeProvider.System);
        var restarted = NewFeed(other);
        await restarted.RestoreAsync(TestContext.Current.CancellationToken);
        Counted(other).ShouldBe(2);
        restarted.Take(untold);
        await restarted.CatchUpAsync(TestContext.Current.CancellationToken);
        Counted(other).ShouldBe(6);
    }

    [Fact]
    public async Task Batches_that_are_told_while_the_store_is_read_count_once()
    {
        async Task TellAsync()
        {
            for (var i = 0; i < 200; i++)
            {
                feed.Take(await AppendAsync());
            }
        }

        var telling = TellAsync();
        while (!telling.IsCompleted)
        {
            await feed.CatchUpToEndAsync(TestContext.Current.CancellationToken);
        }

        await telling;
        await feed.CatchUpToEndAsync(TestContext.Current.CancellationToken);
        Counted(book).ShouldBe(400);
    }

    private static long Counted(SloBook book) => book.Monitor.Summary().Slos.Where(s => s.Slo.Name == "ask.availability").Sum(s => s.Count.Total);

    private SloFeed NewFeed(SloBook of) => new(of, store.Events, new SloSaving(store.Documents));

    private Task<AppendReport> AppendAsync()
    {
        SpanEvent Request() =>
            new()
            {
                Trace = new TraceId((UInt128)(uint)Interlocked.Increment(ref traces)),
                Span = new SpanId(1),
                IsRequest = true,
                Source = new TelemetrySource("ask", "", "", default, ""),
                Name = "POST /ask",
                StartNanos = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100,
                DurationNanos = 1,
            };
        return store.Events.AppendAsync(new EventBatch { Spans = [Request(), Request()] }, TestContext.Current.CancellationToken);
    }
}
