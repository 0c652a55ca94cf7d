using Assay.Catalogs;

namespace Assay.Releases.Files;

/// <summary>A release as a catalog file writes it (<c>catalog/releases/*.yaml</c>, one document a release): what must be proven, and how it goes out.</summary>
internal sealed class ReleaseFile : CatalogEntry
{
    /// <summary>1 to 64 of <c>a-z 0-9 _ - .</c>, beginning with a letter.</summary>
    public string Name { get; set; } = "";

    /// <summary>What goes out and why, in a sentence.</summary>
    public string Description { get; set; } = "";

    /// <summary>Who answers for it.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The service that is released, as its telemetry names it (<c>service.name</c>).</summary>
    public string Service { get; set; } = "";

    /// <summary>What must be proven before any traffic moves.</summary>
    public GateEntry Gate { get; set; } = new();

    /// <summary>How traffic moves and what is watched meanwhile; null for a release that is only gated.</summary>
    public CanaryEntry? Canary { get; set; }
}

/// <summary>The gate of a release.</summary>
internal sealed class GateEntry : CatalogEntry
{
    /// <summary>The evidence that is needed; all of it.</summary>
    public List<NeedEntry> Evidence { get; set; } = [];

    /// <summary>How many different people must approve before the gate opens; 0 for none.</summary>
    public int Approvals { get; set; }
}

/// <summary>One piece of needed evidence: exactly one of benchmark, experiment, slo and canary.</summary>
internal sealed class NeedEntry : CatalogEntry
{
    /// <summary>A benchmark of the catalog: its latest complete run of this candidate, by its own gates.</summary>
    public string? Benchmark { get; set; }

    /// <summary>An experiment of the catalog: its latest look.</summary>
    public string? Experiment { get; set; }

    /// <summary>An SLO of the catalog, or <c>all</c> for every SLO of the service.</summary>
    public string? Slo { get; set; }

    /// <summary>A release of the catalog: how the latest canary of this candidate ended there.</summary>
    public string? Canary { get; set; }

    /// <summary>What is needed, in words: <c>benchmark handbook</c>.</summary>
    internal string Title =>
        Benchmark is not null ? $"benchmark {Benchmark}"
        : Experiment is not null ? $"experiment {Experiment}"
        : Canary is not null ? $"canary {Canary}"
        : $"slo {Slo}";

    /// <summary>How old the evidence may be: <c>30m</c>, <c>12h</c>, <c>7d</c>.</summary>
    public string MaxAge { get; set; } = "7d";

    /// <summary>What the evidence's figures must keep beside its own verdict, by metric: <c>{ "answer_quality mean": { atLeast: 0.7 } }</c>.</summary>
    public Dictionary<string, MarginEntry> Margins { get; set; } = [];
}

/// <summary>A limit of a figure: its whole interval must lie on the good side. Exactly one of both.</summary>
internal sealed class MarginEntry : CatalogEntry
{
    /// <summary>The interval's low end must be at or above it.</summary>
    public double? AtLeast { get; set; }

    /// <summary>The interval's high end must be at or below it.</summary>
    public double? AtMost { get; set; }
}

/// <summary>A canary as a release file writes it.</summary>
internal sealed class CanaryEntry : CatalogEntry
{
    /// <summary>What moves traffic.</summary>
    public SplitEntry Split { get; set; } = new();

    /// <summary>Percent of traffic at each step, ascending, the last 100; in steps of 0.0001.</summary>
    public List<decimal> Steps { get; set; } = [5, 25, 100];

    /// <summary>The time between looks.</summary>
    public string LookEvery { get; set; } = "1m";

    /// <summary>The least time on a step before the next.</summary>
    public string MinTime { get; set; } = "10m";

    /// <summary>The least requests of the canary on a step before the next.</summary>
    public int MinRequests { get; set; } = 200;

    /// <summary>A step that could not be decided for so long is rolled back.</summary>
    public string LongestHold { get; set; } = "4h";

    /// <summary>How many people must approve before the last step, beside those of the gate.</summary>
    public int Approvals { get; set; }

    /// <summary>The accepted share of healthy canaries that are rolled back, over all metrics, looks and steps.</summary>
    public double Alpha { get; set; } = 0.02;

    /// <summary>Where figures come from: <c>hub</c>, or a Prometheus server's address.</summary>
    public string Metrics { get; set; } = "hub";

    /// <summary>With the hub: only what comes from this <c>deployment.environment.name</c> counts; null for every environment.</summary>
    public string? Environment { get; set; }

    /// <summary>What is watched.</summary>
    public List<CanaryMetricEntry> Watch { get; set; } = [];
}

/// <summary>What moves traffic: exactly one of flag, upstreams and command.</summary>
internal sealed class SplitEntry : CatalogEntry
{
    /// <summary>A flag of the catalog, by its percentage.</summary>
    public string? Flag { get; set; }

    /// <summary>The flag's variant that is the canary.</summary>
    public string Variant { get; set; } = "on";

    /// <summary>Weighted upstreams of a proxy, for a new image.</summary>
    public UpstreamsEntry? Upstreams { get; set; }

    /// <summary>A command that takes the percentage: <c>["deploy/split.sh", "{percent}"]</c>. Exit code 0 means that traffic is split so.</summary>
    public List<string>? Command { get; set; }

    /// <summary>For upstreams and command: the <c>service.version</c> of the canary, the candidate's when left out; control is every other version.</summary>
    public string? Version { get; set; }
}

/// <summary>Weighted upstreams of nginx: a file that an <c>nginx.conf</c> includes is written, and the server reloaded.</summary>
internal sealed class UpstreamsEntry : CatalogEntry
{
    /// <summary>The file that is written; <c>nginx.conf</c> includes it in its <c>http</c> block.</summary>
    public string File { get; set; } = "";

    /// <summary>The name of the upstream in it.</summary>
    public string Name { get; set; } = "";

    /// <summary><c>host:port</c> of control.</summary>
    public string Control { get; set; } = "";

    /// <summary><c>host:port</c> of the canary.</summary>
    public string Canary { get; set; } = "";

    /// <summary>What makes the server read it: <c>["nginx", "-s", "reload"]</c>.</summary>
    public List<string> Reload { get; set; } = [];
}

/// <summary>A metric that a canary is watched by.</summary>
internal sealed class CanaryMetricEntry : CatalogEntry
{
    private string? kind;

    /// <summary>Its name, for people and evidence.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// What is read from the hub: <c>errors</c> (share of failed requests), <c>latency</c> (request durations in ms), <c>cost</c> (USD a request),
    /// <c>score NAME</c>, <c>log NAME</c> or <c>span NAME</c> (how many there are for each request, told only), <c>fallback STAGE</c> with or without a reason (share of the stage's runs that
    /// fell back). Instead, <see cref="Query"/> with Prometheus.
    /// </summary>
    public string Read { get; set; } = "";

    /// <summary>With Prometheus: the queries of both arms.</summary>
    public QueryEntry? Query { get; set; }

    /// <summary>Instead of <see cref="Read"/> or <see cref="Query"/>, with either: what is asked at each look and must answer well.</summary>
    public ProbeEntry? Probe { get; set; }

    /// <summary><c>rate</c>, <c>mean</c> or a quantile such as <c>p95</c>.</summary>
    public string Kind
    {
        get => kind ?? "rate";
        set => kind = value;
    }

    /// <summary>Whether somebody wrote a kind.</summary>
    internal bool HasKind => kind is not null;

    /// <summary><c>guardrail</c> (must be proven within its margin; broken, it rolls back), <c>signal</c> (broken, it rolls back; need not be proven) or <c>info</c>.</summary>
    public string Role { get; set; } = "guardrail";

    /// <summary><c>higher</c> or <c>lower</c> is better.</summary>
    public string Better { get; set; } = "lower";

    /// <summary>How much worse than control is accepted, in the metric's unit.</summary>
    public double? Margin { get; set; }

    /// <summary>The same as a share of control's value: 0.1 for 10 %.</summary>
    public double? RelativeMargin { get; set; }

    /// <summary>The backstop: beyond this the canary is rolled back, whatever control does; in the metric's unit.</summary>
    public double? Limit { get; set; }

    /// <summary>The unit, for people: <c>ms</c>, <c>USD</c>; empty for a share.</summary>
    public string Unit { get; set; } = "";
}

/// <summary>Prometheus queries; <c>$arm</c> stands for the version or variant of an arm, <c>$window</c> for the time since the step began.</summary>
internal sealed class QueryEntry : CatalogEntry
{
    /// <summary>How many events, or the sum of values.</summary>
    public string Sum { get; set; } = "";

    /// <summary>Of how many.</summary>
    public string Count { get; set; } = "";

    /// <summary>For means: the sum of squares, where it is exported; without it a mean is told and not decided by.</summary>
    public string? Squares { get; set; }
}
