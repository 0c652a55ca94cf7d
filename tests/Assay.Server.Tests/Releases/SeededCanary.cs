using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Probes;
using Assay.Releases.Files;
using Assay.Releases.Ledger;
using Assay.Releases.Rollbacks;
using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Server.Tests.Releases;

/// <summary>Runs the real controller over a real store with made figures and a clock that is moved: what it leaves is what a hub of yesterday left.</summary>
internal sealed class SeededCanary : IDisposable
{
    private readonly MovedClock clock;
    private readonly Ports ports;
    private readonly RollbackRunner rollbacks;
    private readonly CanaryRunner runner;
    private readonly CanaryPlan plan;

    public SeededCanary(string folder, IDocumentStore documents, StoredLedger ledger, CanaryPlan plan, DateTimeOffset at)
    {
        this.plan = plan;
        clock = new MovedClock(at);
        ports = new Ports(ledger);
        var book = new CanaryBook(documents);
        var cards = new RollbackCards(folder);
        rollbacks = new RollbackRunner(cards, book, ports, clock);
        runner = new CanaryRunner(book, ports, rollbacks, clock, "yesterday");
    }

    /// <summary>The clock of the controller.</summary>
    public TimeProvider Time => clock;

    /// <summary>The share of requests that count in both arms, by metric and step; control's and the canary's.</summary>
    public Func<CanaryMetric, decimal, (double Control, double Canary)> Rates { get; set; } = (_, _) => (0.003, 0.003);

    /// <summary>Metrics that cannot be seen.</summary>
    public IReadOnlySet<string> Unseen { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What probes answer, by metric and look.</summary>
    public Func<CanaryMetric, int, ProbeReading> Probes { get; set; } = (_, _) => new ProbeReading(IsWell: true, "It answered 200.");

    /// <summary>Requests of the service a minute.</summary>
    public double RequestsPerMinute { get; set; } = 800;

    public Task StartAsync(string? forced = null) => runner.StartAsync(plan, ReleasePlace.Commit, forced, "mira", CancellationToken.None);

    /// <summary>So many looks, as often as the plan says.</summary>
    public async Task<CanaryState> LookAsync(int looks)
    {
        CanaryState? state = null;
        ports.Metrics = new Figures(this, ports.Split);
        for (var i = 0; i < looks; i++)
        {
            clock.Advance(plan.LookEvery);
            state = await runner.LookAsync(plan.Release, CancellationToken.None);
        }

        return state!;
    }

    /// <summary>Somebody else writes what moves traffic: from now on the controller cannot read it.</summary>
    public void WriteTrafficElsewhere() => ports.Split.IsForeign = true;

    public Task PromoteAsync(string reason)
    {
        ports.Metrics = new Figures(this, ports.Split);
        return runner.PromoteAsync(plan.Release, "mira", reason, CancellationToken.None);
    }

    public Task RollBackAsync(string reason) => rollbacks.RollBackAsync(plan.Release, "mira", reason, CancellationToken.None);

    public void Dispose() => rollbacks.Dispose();

    private sealed class MovedClock(DateTimeOffset at) : TimeProvider
    {
        private DateTimeOffset now = at;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => now.UtcTicks;

        public void Advance(TimeSpan by) => now += by;
    }

    private sealed class Ports(ILedger ledger) : ICanaryPorts
    {
        public HeldSplit Split { get; } = new();

        public ICanaryMetrics? Metrics { get; set; }

        public ILedger Ledger => ledger;

        public ITrafficSplit SplitOf(ReleaseId release, SplitEntry split) => Split;

        public ICanaryMetrics MetricsOf(CanaryPlan plan) => Metrics!;

        public Task<int> ApprovalsAsync(ReleaseId release, CancellationToken cancellationToken) => Task.FromResult(release.Name == "shop" ? 1 : 0);
    }

    private sealed class HeldSplit : ITrafficSplit
    {
        public decimal Percent { get; private set; }

        public bool IsForeign { get; set; }

        public Task SetAsync(decimal percent, string reason, CancellationToken cancellationToken)
        {
            (Percent, IsForeign) = (percent, false);
            return Task.CompletedTask;
        }

        public Task<decimal?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<decimal?>(IsForeign ? null : Percent);
    }

    /// <summary>Figures since the step began: a wave of two hours lies over all, so that looks differ.</summary>
    private sealed class Figures(SeededCanary of, HeldSplit split) : ICanaryMetrics
    {
        private int looks;

        public Task<CanaryReading> ReadAsync(CanaryPlan plan, DateTimeOffset stepSince, DateTimeOffset now, CancellationToken cancellationToken)
        {
            looks++;
            var all = of.RequestsPerMinute * (now - stepSince).TotalMinutes;
            var canary = (long)(all * (double)split.Percent / 100);
            var control = (long)all - canary;
            var wave = 1 + (0.02 * Math.Sin((now - stepSince).TotalHours * Math.PI));
            return Task.FromResult(new CanaryReading(control, canary, [.. plan.Metrics.Select(m => Reading(m, control, canary, wave))]));
        }

        private MetricReading Reading(CanaryMetric metric, long control, long canary, double wave)
        {
            if (metric.Probe is not null)
            {
                return new MetricReading(metric.Name, null, null) { Probe = of.Probes(metric, looks) };
            }

            var (ofControl, ofCanary) = of.Rates(metric, split.Percent);
            return of.Unseen.Contains(metric.Name)
                ? new MetricReading(metric.Name, null, null) { Missing = "No score of this name in either arm." }
                : new MetricReading(metric.Name, Arm(metric, control, ofControl), Arm(metric, canary, ofCanary * wave))
                {
                    TraceIds = metric.Name == "errors" ? ["4bf92f3577b34da6a3ce929d0e0e4736"] : [],
                };
        }

        private static ArmReading Arm(CanaryMetric metric, long count, double level) =>
            metric.Kind switch
            {
                CanaryMetricKind.Rate => ArmReading.Rate(count, (long)(count * level)),
                CanaryMetricKind.Mean => ArmReading.Mean(Moments.FromSummary(count, level, 0.12)),
                _ => ArmReading.Quantile(Durations(count, level)),
            };

        // Evenly from a fifth to all of the level: the quantile lies near the level.
        private static QuantileSketch Durations(long count, double level)
        {
            var sketch = new QuantileSketch();
            for (var i = 0; i < count; i++)
            {
                sketch.Add(level * (0.2 + (0.8 * (i % 997) / 997)));
            }

            return sketch;
        }
    }
}
