using Assay.Experimentation.Analysis.Comparisons;
using Assay.Statistics.Samples;

namespace Assay.Experimentation.Analysis;

/// <summary>A metric with its arms' figures.</summary>
internal static class MetricReporting
{
    private const int Bars = 32;

    // What lies beyond is a tail that would press all else together.
    private const double TailShare = 0.005;

    public static MetricReport Of(MetricPlan metric, AnalysisPlan plan, ArmTable table, IReadOnlyList<ArmComparison> comparisons) =>
        new(metric.Name, metric.KindText, metric.Role, metric.IsLowerBetter, metric.Unit, Arms(metric, plan, table), comparisons)
        {
            MinimalEffect = metric.MinimalEffect,
        };

    private static List<ArmFigure> Arms(MetricPlan metric, AnalysisPlan plan, ArmTable table)
    {
        var sketches = plan.Arms.Select(a => table.Of(a, metric).Sums.Values).OfType<QuantileSketch>().Where(s => s.Count > 0).ToList();
        var (low, high) = sketches.Count == 0 ? (0, 0) : (sketches.Min(s => s.Quantile(TailShare)!.Value), sketches.Max(s => s.Quantile(1 - TailShare)!.Value));
        return [.. plan.Arms.Select(a => Arm(metric, table, a, low, high))];
    }

    private static ArmFigure Arm(MetricPlan metric, ArmTable table, ArmPlan arm, double low, double high)
    {
        var sums = table.Of(arm, metric);
        return new ArmFigure(
            arm.Name,
            Reasonable.Number(sums.Value(metric)),
            sums.Units,
            sums.Sums.UnitMeans.Count,
            sums.Sums.Outcomes,
            sums.Sums.NotFinite,
            metric.Kind == MetricKind.Quantile && sums.Sums.Values is { Count: > 0 } sketch && high > low && double.IsFinite(high - low)
                ? Distribution(sketch, low, high)
                : []
        );
    }

    // Shares of the values between even steps, from as many quantiles as make a bar's height right to a two hundredth of all.
    private static List<DistributionBar> Distribution(QuantileSketch sketch, double low, double high)
    {
        const int Steps = 400;
        var counts = new int[Bars];
        for (var i = 0; i < Steps; i++)
        {
            var value = sketch.Quantile((i + 0.5) / Steps)!.Value;
            if (value >= low && value <= high)
            {
                counts[Math.Min(Bars - 1, (int)((value - low) / (high - low) * Bars))]++;
            }
        }

        var width = (high - low) / Bars;
        return [.. counts.Select((count, i) => new DistributionBar(low + (i * width), low + ((i + 1) * width), (double)count / Steps))];
    }
}
