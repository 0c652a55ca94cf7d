namespace Assay.Observability.Slos;

// The shape of a file: the part of OpenSLO v1 that is read. Each field's place in the OpenSLO specification is in docs/reference/en/slos.md.

internal sealed class SloDocument
{
    public string? ApiVersion { get; set; }

    public string? Kind { get; set; }

    public MetadataPart? Metadata { get; set; }

    public SpecPart? Spec { get; set; }
}

internal sealed class MetadataPart
{
    public string? Name { get; set; }

    public string? DisplayName { get; set; }

    public Dictionary<string, object>? Labels { get; set; }

    public Dictionary<string, string>? Annotations { get; set; }
}

internal sealed class SpecPart
{
    public string? Description { get; set; }

    public string? Service { get; set; }

    public IndicatorPart? Indicator { get; set; }

    public List<TimeWindowPart>? TimeWindow { get; set; }

    public string? BudgetingMethod { get; set; }

    public List<ObjectivePart>? Objectives { get; set; }

    public List<object>? AlertPolicies { get; set; }
}

internal sealed class IndicatorPart
{
    public MetadataPart? Metadata { get; set; }

    public IndicatorSpecPart? Spec { get; set; }
}

internal sealed class IndicatorSpecPart
{
    public string? Description { get; set; }

    public MetricPart? ThresholdMetric { get; set; }

    public RatioPart? RatioMetric { get; set; }
}

internal sealed class RatioPart
{
    public bool? Counter { get; set; }

    public MetricPart? Good { get; set; }

    public MetricPart? Bad { get; set; }

    public MetricPart? Total { get; set; }
}

internal sealed class MetricPart
{
    public SourcePart? MetricSource { get; set; }
}

internal sealed class SourcePart
{
    public string? Type { get; set; }

    public SourceSpecPart? Spec { get; set; }
}

// Both kinds of source in one shape: OpenSLO leaves `spec` to the source.
internal sealed class SourceSpecPart
{
    public string? Signal { get; set; }

    public string? Operation { get; set; }

    public string? Version { get; set; }

    public string? Environment { get; set; }

    public string? Variant { get; set; }

    public string? Score { get; set; }

    public string? Status { get; set; }

    public double? MaxDurationMs { get; set; }

    public double? MinValue { get; set; }

    public string? Query { get; set; }
}

internal sealed class TimeWindowPart
{
    public string? Duration { get; set; }

    public bool? IsRolling { get; set; }
}

internal sealed class ObjectivePart
{
    public string? DisplayName { get; set; }

    public string? Op { get; set; }

    public double? Value { get; set; }

    public double? Target { get; set; }

    public double? TargetPercent { get; set; }
}
