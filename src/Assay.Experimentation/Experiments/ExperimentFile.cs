using Assay.Catalogs;

namespace Assay.Experimentation.Experiments;

/// <summary>
/// An experiment as a catalog file writes it (<c>catalog/experiments/*.yaml</c>, one document an experiment). The same shape in JSON travels to clients. A key that stands
/// there without a value (<c>metrics:</c>) is as if it were left out.
/// </summary>
internal sealed class ExperimentFile : CatalogEntry
{
    /// <summary>1 to 64 of <c>a-z 0-9 _ - .</c>, beginning with a letter.</summary>
    public string Name { get; set; } = "";

    /// <summary>What is expected and why, in a sentence.</summary>
    public string Hypothesis
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>Who answers for it.</summary>
    public string Owner
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>Part of every exposure: units assigned under another version belong to another experiment. 1 and up.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Whether units are assigned now.</summary>
    public bool Running { get; set; } = true;

    /// <summary>What draws are made with; the name when left out.</summary>
    public string? Salt { get; set; }

    /// <summary>Experiments of one layer have no unit in common; null: in none.</summary>
    public string? Layer { get; set; }

    /// <summary>The part of the layer that is this experiment's, in percent from 0 to 100: <c>[0, 50]</c>. Parts of one layer may not overlap.</summary>
    public List<decimal>? Slots { get; set; }

    /// <summary>The share of the units that take part, in percent, in steps of 0.0001; raising it never changes the arm of a unit.</summary>
    public decimal Traffic { get; set; } = 100;

    /// <summary>Conditions that a unit must meet to take part; see <see cref="Flags.ConditionEntry"/>.</summary>
    public List<Flags.ConditionEntry>? Audience { get; set; }

    /// <summary>The arms, two or more; their weights sum to 100.</summary>
    public List<ArmEntry> Variants
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>The arm that the others are compared with; <c>control</c> when left out.</summary>
    public string Control
    {
        get;
        set => field = value ?? "control";
    } = "control";

    /// <summary>For how long after its first exposure a unit's outcomes count, in hours.</summary>
    public double AttributionHours { get; set; } = 72;

    /// <summary>From how long before its first exposure a unit's outcomes serve as covariate, in hours; 0: no covariate.</summary>
    public double PreExposureHours { get; set; }

    /// <summary>How often the hub looks at it by itself while it runs, and keeps the report: <c>30m</c>, <c>6h</c>, <c>1d</c>, or <c>never</c>.</summary>
    public string LookEvery
    {
        get;
        set => field = value ?? LookInterval.Default;
    } = LookInterval.Default;

    /// <summary>What is decided by, guarded and told.</summary>
    public List<MetricEntry> Metrics
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>How it is decided.</summary>
    public AnalysisEntry Analysis
    {
        get;
        set => field = value ?? new();
    } = new();

    /// <summary>The same, assigning units now.</summary>
    public ExperimentFile AsRunning()
    {
        var running = (ExperimentFile)MemberwiseClone();
        running.Running = true;
        return running;
    }
}

/// <summary>An arm.</summary>
internal sealed class ArmEntry : CatalogEntry
{
    public string Name { get; set; } = "";
    public decimal Weight { get; set; }

    /// <summary>What the arm is, in words.</summary>
    public string Description
    {
        get;
        set => field = value ?? "";
    } = "";
}

/// <summary>A metric of an experiment.</summary>
internal sealed class MetricEntry : CatalogEntry
{
    /// <summary>The name of the outcomes.</summary>
    public string Name
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary><c>mean</c> (per unit), <c>rate</c> (units with an outcome that is not 0), <c>ratio</c> (of sums), <c>p50 p90 p95 p99</c> (of single values).</summary>
    public string Kind
    {
        get;
        set => field = value ?? "mean";
    } = "mean";

    /// <summary>The outcomes below the line of a ratio; the number of outcomes when left out.</summary>
    public string? Per { get; set; }

    /// <summary><c>goal</c>, <c>guardrail</c> or <c>info</c>.</summary>
    public string Role
    {
        get;
        set => field = value ?? "goal";
    } = "goal";

    /// <summary><c>higher</c> or <c>lower</c> is better.</summary>
    public string Better
    {
        get;
        set => field = value ?? "higher";
    } = "higher";

    /// <summary>A guardrail's tolerance: how much worse than control is still accepted, in the metric's unit.</summary>
    public double? Margin { get; set; }

    /// <summary>The same as a share of control's value: 0.05 for 5 %.</summary>
    public double? RelativeMargin { get; set; }

    /// <summary>The unit, for people: <c>ms</c>, <c>USD</c>; empty for none.</summary>
    public string Unit
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>The smallest effect worth finding, in the metric's unit; for what is still needed.</summary>
    public double? MinimalEffect { get; set; }
}

/// <summary>How an experiment is decided.</summary>
internal sealed class AnalysisEntry : CatalogEntry
{
    /// <summary><c>sequential</c>: always valid, look whenever you want; <c>fixed</c>: decided once, at <see cref="UnitsPerArm"/>.</summary>
    public string Method
    {
        get;
        set => field = value ?? "sequential";
    } = "sequential";

    /// <summary>The accepted share of false alarms.</summary>
    public double Alpha { get; set; } = 0.05;

    /// <summary>The wanted chance to see the minimal effect.</summary>
    public double Power { get; set; } = 0.8;

    /// <summary>For goals: <c>holm</c>, <c>bonferroni</c>, <c>bh</c>, <c>by</c> or <c>none</c>.</summary>
    public string Correction
    {
        get;
        set => field = value ?? "holm";
    } = "holm";

    /// <summary>The planned size; required for <c>fixed</c>.</summary>
    public long? UnitsPerArm { get; set; }

    /// <summary>Below it nothing is decided.</summary>
    public long MinimalUnitsPerArm { get; set; } = 100;
}
