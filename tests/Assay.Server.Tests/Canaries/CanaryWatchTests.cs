using System.Collections.Concurrent;
using Assay.Embedded;
using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Releases.Ledger;
using Assay.Releases.Rollbacks;
using Assay.Server.Canaries;
using Assay.Server.Flags;
using Assay.Server.Flags.Streams;
using Assay.Server.Hosting;
using Assay.Server.Tests.Slos;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Tests.Canaries;

/// <summary>What the controller of a hub writes into its log while something is down for a while.</summary>
public sealed class CanaryWatchTests : IAsyncLifetime
{
    private static readonly ReleaseId Shop = new("shop", "1.9.0");

    private readonly TempFolder folder = new();
    private readonly KeptLog log = new();
    private readonly LockedSplit split = new();
    private EmbeddedStore? store;
    private BrokenDocuments? documents;

    public async ValueTask InitializeAsync()
    {
        store = await EmbeddedStore.OpenAsync(folder.File("data"), TimeProvider.System, TestContext.Current.CancellationToken);
        documents = new BrokenDocuments(store.Documents);
    }

    [Fact]
    public Task A_store_that_is_down_is_told_once_and_not_every_second() =>
        WatchAsync(async () =>
        {
            documents!.IsDown = true;
            await UntilAsync(() => documents.Asked >= 20);
            log.Lines.Count(l => l.Contains("Canaries could not be read")).ShouldBe(1, string.Join('\n', log.Lines));
        });

    [Fact]
    public Task Why_traffic_cannot_be_taken_away_is_told_once_and_that_it_was() =>
        WatchAsync(async () =>
        {
            Want();
            await UntilAsync(() => split.Tried >= 20);
            log.Lines.Where(l => l.Contains("could not be moved"))
                .ShouldBe(["Error: Traffic of shop@1.9.0 could not be moved, which is tried again: The balancer is locked."]);
            split.IsLocked = false;
            await UntilAsync(() => log.Lines.Contains("Information: Traffic of shop@1.9.0 can be moved again."));
        });

    public async ValueTask DisposeAsync()
    {
        await store!.DisposeAsync();
        folder.Dispose();
    }

    private void Want()
    {
        var now = TimeProvider.System.GetUtcNow();
        new RollbackCards(folder.File("data")).Put(
            new RollbackCard
            {
                Release = Shop,
                Service = "shop",
                Split = new SplitEntry { Command = ["true"] },
                Stage = RollbackStage.Wanted,
                Reason = "it burns",
                At = now,
                WantedAt = now,
            }
        );
    }

    private async Task WatchAsync(Func<Task> meanwhile)
    {
        var time = new HurriedTime();
        var (book, ports) = (new CanaryBook(documents!), new LockedPorts(split));
        using var rollbacks = new RollbackRunner(new RollbackCards(folder.File("data")), book, ports, time);
        var runner = new CanaryRunner(book, ports, rollbacks, time, "one");
        using var desk = new CanaryDesk(book, runner, rollbacks, ports, new HubOptions { DataFolder = folder.File("data") }, time);
        using var flags = new FlagDesk(new FlagDocuments(documents!), new FlagFolder(folder.File("catalog")), new SnapshotFeed(), time);
        var start = new StartState();
        start.Started();
        using var watch = new CanaryWatch(desk, rollbacks, flags, start, time, log);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            await meanwhile();
        }
        finally
        {
            await watch.StopAsync(CancellationToken.None);
        }
    }

    private static Task<bool> UntilAsync(Func<bool> isSo) => Eventually.GetAsync(() => Task.FromResult(isSo()), so => so, "the controller did not come so far");

    /// <summary>Timers that come fifty times as often: a second is long for a test.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime / 50, period / 50);
    }

    private sealed class LockedSplit : ITrafficSplit
    {
        private volatile bool isLocked = true;
        private int tried;

        public bool IsLocked
        {
            get => isLocked;
            set => isLocked = value;
        }

        public int Tried => Volatile.Read(ref tried);

        public Task SetAsync(decimal percent, string reason, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref tried);
            return isLocked ? throw AssayException.Infrastructure("The balancer is locked.", "Unlock it.") : Task.CompletedTask;
        }

        public Task<decimal?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<decimal?>(isLocked ? 5 : 0);
    }

    private sealed class LockedPorts(LockedSplit split) : ICanaryPorts
    {
        public ILedger Ledger => throw new NotSupportedException("Nothing is recorded here.");

        public ITrafficSplit SplitOf(ReleaseId release, SplitEntry entry) => split;

        public ICanaryMetrics MetricsOf(CanaryPlan plan) => throw new NotSupportedException("Nothing is looked at here.");

        public Task<int> ApprovalsAsync(ReleaseId release, CancellationToken cancellationToken) => Task.FromResult(0);
    }

    private sealed class KeptLog : ILogger<CanaryWatch>
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> Lines => lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
    }
}
