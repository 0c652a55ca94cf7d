using System.Text.Json.Serialization;

namespace Assay.Releases.Canaries.Judging;

/// <summary>What a metric came to at a look.</summary>
internal enum MetricVerdict
{
    /// <summary>Proven within its margin.</summary>
    Pass,

    /// <summary>Proven worse than control and by the best estimate beyond the margin, or beyond its limit.</summary>
    Fail,

    /// <summary>Neither yet.</summary>
    Inconclusive,

    /// <summary>There is nothing to judge.</summary>
    NoData,

    /// <summary>It could not be read.</summary>
    Error,
}

/// <summary>What a failed metric is broken by; of several the one that needs no other.</summary>
internal enum MetricBreak
{
    /// <summary>Half of the canary's requests are bad while control's are not.</summary>
    GrossFailure,

    /// <summary>It is proven worse than control.</summary>
    Comparison,

    /// <summary>It is proven beyond its limit, whatever control does.</summary>
    Limit,

    /// <summary>It was asked, and failed each time.</summary>
    Probe,
}

/// <summary>A metric at a look, as it is shown, stored and told in the ledger. Every number is finite; what there is none of is null.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Reason">Why, in sentences.</param>
internal sealed record MetricJudgement(string Metric, CanaryRole Role, MetricVerdict Verdict, string Reason)
{
    /// <summary>Control's figure.</summary>
    public double? Control { get; init; }

    /// <summary>The canary's.</summary>
    public double? Canary { get; init; }

    /// <summary>Requests or values of control.</summary>
    public long ControlCount { get; init; }

    /// <summary>Those of the canary.</summary>
    public long CanaryCount { get; init; }

    /// <summary>Canary − control.</summary>
    public double? Difference { get; init; }

    /// <summary>The lower end of the difference at any number of looks; null when unbounded.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end.</summary>
    public double? High { get; init; }

    /// <summary>The difference that is still accepted, with its sign; null without a margin.</summary>
    public double? Accepted { get; init; }

    /// <summary>The backstop; null for none.</summary>
    public double? Limit { get; init; }

    /// <summary>The unit, for people.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What broke it; null unless it failed.</summary>
    public MetricBreak? BrokenBy { get; init; }

    /// <summary>How it was tested.</summary>
    public string Method { get; init; } = "";

    /// <summary>Further requests of the canary that would prove it within its margin if it stays as it is; null when no number would, or none is needed.</summary>
    public long? More { get; init; }

    /// <summary>The smallest worsening that figures of this size would prove with a chance of 80 %; null when there is none.</summary>
    public double? Visible { get; init; }

    /// <summary>Traces to look at, the worst first.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>Whether a step may not be left with this verdict.</summary>
    [JsonIgnore]
    public bool Holds =>
        Role switch
        {
            CanaryRole.Guardrail => Verdict != MetricVerdict.Pass,
            CanaryRole.Signal => Verdict is MetricVerdict.NoData or MetricVerdict.Error or MetricVerdict.Fail,
            _ => false,
        };

    /// <summary>Whether there was something to judge.</summary>
    [JsonIgnore]
    public bool IsSeen => Verdict is not (MetricVerdict.NoData or MetricVerdict.Error);
}
