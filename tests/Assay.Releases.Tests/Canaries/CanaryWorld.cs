using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Probes;
using Assay.Releases.Files;
using Assay.Releases.Ledger;
using Assay.Releases.Rollbacks;

namespace Assay.Releases.Tests.Canaries;

/// <summary>
/// All that outlives a controller: store, ledger, traffic, intents on a real disk, and time. Controllers begin, may be killed at any point between two effects, and begin anew.
/// </summary>
internal sealed class CanaryWorld : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-canary-").FullName;

    private readonly HttpClient probing = ProbeAsker.NewClient();

    public CanaryWorld() => Cards = new RollbackCards(folder);

    public string Folder => folder;

    public MemoryDocuments Documents { get; } = new();

    public MemoryLedger Ledger { get; } = new();

    public MadeSplit Split { get; } = new();

    public RollbackCards Cards { get; private set; }

    public MadeTime Time { get; } = new();

    public int Approvals { get; set; }

    /// <summary>Whether probes of a plan are asked; where they are not, figures are made for them too.</summary>
    public bool WithProbes { get; init; }

    /// <summary>The figures at a step after some looks.</summary>
    public Func<CanaryPlan, TimeSpan, CanaryReading> Reads { get; set; } = (_, _) => Healthy;

    // Made once: a sketch of thousands of values takes a moment.
    private static readonly CanaryReading Healthy = MadeCanary.Healthy(MadeCanary.Plan());

    public ReleaseId Release { get; } = new("shop", "1.9.0");

    /// <summary>A controller that dies after so many effects; null for one that lives.</summary>
    public CanaryRunner Controller(Death? death = null, string holder = "one") => Parts(death, holder).Runner;

    /// <summary>A controller with these rollbacks, whose memory a test sees.</summary>
    public CanaryRunner Controller(RollbackRunner rollbacks) => new(new CanaryBook(Documents), new WorldPorts(this, death: null), rollbacks, Time, "one");

    public RollbackRunner Rollbacks(Death? death = null) => Parts(death, "one").Rollbacks;

    public Task<CanaryState> LookAsync(string holder = "one") => Controller(holder: holder).LookAsync(Release, CancellationToken.None);

    public async Task<CanaryState> StateAsync() => (await new CanaryBook(Documents).FindAsync(Release, CancellationToken.None)).ShouldNotBeNull().State;

    /// <summary>The process is gone: what was only in memory too.</summary>
    public void Restart() => Cards = new RollbackCards(folder);

    public void Dispose()
    {
        probing.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private (CanaryRunner Runner, RollbackRunner Rollbacks) Parts(Death? death, string holder)
    {
        var book = new CanaryBook(death is null ? Documents : new DyingDocuments(Documents, death));
        var ports = new WorldPorts(this, death);
        var rollbacks = new RollbackRunner(Cards, book, ports, Time);
        return (new CanaryRunner(book, ports, rollbacks, Time, holder), rollbacks);
    }

    private sealed class WorldPorts(CanaryWorld world, Death? death) : ICanaryPorts, ICanaryMetrics
    {
        public ILedger Ledger => death is null ? world.Ledger : new DyingLedger(world.Ledger, death);

        public ITrafficSplit SplitOf(ReleaseId release, SplitEntry split) => death is null ? world.Split : new DyingSplit(world.Split, death);

        public ICanaryMetrics MetricsOf(CanaryPlan plan) => world.WithProbes ? new ProbedMetrics(this, new ProbeAsker(world.probing, world.Time)) : this;

        public Task<int> ApprovalsAsync(ReleaseId release, CancellationToken cancellationToken) => Task.FromResult(world.Approvals);

        public Task<CanaryReading> ReadAsync(CanaryPlan plan, DateTimeOffset stepSince, DateTimeOffset now, CancellationToken cancellationToken)
        {
            death?.Near();
            return Task.FromResult(world.Reads(plan, now - stepSince));
        }
    }
}

/// <summary>Traffic that a test sees, and may break.</summary>
internal sealed class MadeSplit : ITrafficSplit
{
    public decimal Percent { get; private set; }

    /// <summary>Every share that was set.</summary>
    public List<decimal> History { get; } = [];

    /// <summary>How often it fails from now on.</summary>
    public int Faults { get; set; }

    /// <summary>What happens elsewhere while a share is being set.</summary>
    public Action<decimal> Setting { get; set; } = _ => { };

    public Task SetAsync(decimal percent, string reason, CancellationToken cancellationToken)
    {
        Setting(percent);
        if (Faults > 0)
        {
            Faults--;
            throw AssayException.Infrastructure("The proxy does not answer.", "Start it.");
        }

        if (Percent != percent)
        {
            Percent = percent;
            History.Add(percent);
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether somebody else wrote it: then it cannot be read until it is set.</summary>
    public bool IsForeign { get; set; }

    public Task<decimal?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<decimal?>(IsForeign ? null : Percent);
}

/// <summary>Both clocks of a machine: one may jump, the other only goes on.</summary>
internal sealed class MadeTime : TimeProvider
{
    private DateTimeOffset now = MadeCanary.Noon;
    private long timestamp;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => timestamp;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time)
    {
        now += time;
        timestamp += time.Ticks;
    }

    public void Jump(TimeSpan by) => now += by;
}
