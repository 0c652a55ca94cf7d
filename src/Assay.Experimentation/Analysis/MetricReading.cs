using Assay.Experimentation.Experiments;

namespace Assay.Experimentation.Analysis;

/// <summary>Reads a metric of a catalog file.</summary>
internal static class MetricReading
{
    public static MetricPlan Of(MetricEntry entry)
    {
        var quantile = QuantileOf(entry.Kind);
        return new MetricPlan(entry.Name, KindOf(entry, quantile), RoleOf(entry), IsLowerBetter(entry))
        {
            Quantile = quantile,
            Per = entry.Kind == "ratio" ? entry.Per : null,
            Margin = MarginOf(entry),
            Unit = entry.Unit,
            MinimalEffect = MinimalEffectOf(entry),
            KindText = entry.Kind,
        };
    }

    private static double? QuantileOf(string kind) =>
        kind switch
        {
            "p50" => 0.5,
            "p90" => 0.9,
            "p95" => 0.95,
            "p99" => 0.99,
            _ => null,
        };

    private static MetricKind KindOf(MetricEntry entry, double? quantile) =>
        entry.Kind switch
        {
            "mean" => MetricKind.Mean,
            "sum" => MetricKind.Sum,
            "rate" => MetricKind.Rate,
            "ratio" => MetricKind.Ratio,
            _ when quantile is not null => MetricKind.Quantile,
            _ => throw entry.Place.Error($"The metric '{entry.Name}' has the kind '{entry.Kind}'.", "Use mean, sum, rate, ratio, p50, p90, p95 or p99."),
        };

    private static MetricRole RoleOf(MetricEntry entry) =>
        entry.Role switch
        {
            "goal" => MetricRole.Goal,
            "guardrail" => MetricRole.Guardrail,
            "info" => MetricRole.Info,
            _ => throw entry.Place.Error($"The metric '{entry.Name}' has the role '{entry.Role}'.", "Use goal, guardrail or info."),
        };

    private static bool IsLowerBetter(MetricEntry entry) =>
        entry.Better switch
        {
            "lower" => true,
            "higher" => false,
            _ => throw entry.Place.Error($"The metric '{entry.Name}' is better '{entry.Better}'.", "Use higher or lower."),
        };

    private static Margin MarginOf(MetricEntry entry)
    {
        if (entry is { Margin: not null, RelativeMargin: not null })
        {
            throw entry.Place.Error($"The metric '{entry.Name}' has two margins.", "Give margin or relativeMargin.");
        }

        if (entry is { Margin: not >= 0 and not null } or { RelativeMargin: not >= 0 and not null } or { RelativeMargin: >= 1 })
        {
            throw entry.Place.Error(
                $"The margin of the metric '{entry.Name}' is no tolerance.",
                "Give a margin of 0 or more, or a relativeMargin from 0 to below 1."
            );
        }

        return new Margin(entry.Margin ?? 0, entry.RelativeMargin ?? 0);
    }

    private static double? MinimalEffectOf(MetricEntry entry) =>
        entry.MinimalEffect is null or (> 0 and < double.PositiveInfinity)
            ? entry.MinimalEffect
            : throw entry.Place.Error(
                $"The minimal effect of the metric '{entry.Name}' is {entry.MinimalEffect}.",
                "Give a size above 0 in the metric's unit."
            );
}
