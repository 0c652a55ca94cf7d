using Assay.Stores;

namespace Assay.Embedded.Events.Experiments.Reading;

/// <summary>The sums of one variant.</summary>
internal sealed class VariantTally(ExperimentPlan plan)
{
    private readonly MetricTally[] metrics = [.. plan.Metrics.Select(m => new MetricTally(m))];

    /// <summary>Those that keep single values.</summary>
    private readonly (int Column, int Metric)[] sketched = [.. plan.Metrics.Select((m, i) => (m.Above, i)).Where(m => plan.Metrics[m.i].Quantiles)];
    private long units;

    public void AddUnit(ReadOnlySpan<UnitColumn> unit)
    {
        units++;
        foreach (var metric in metrics)
        {
            metric.AddUnit(unit);
        }
    }

    public void AddValue(int column, double value)
    {
        foreach (var (own, metric) in sketched)
        {
            if (own == column)
            {
                metrics[metric].AddValue(value);
            }
        }
    }

    public VariantSums ToSums(string variant) => new(variant, units, [.. metrics.Select(m => m.ToSums())]);
}
