using Assay.Experimentation.Analysis.Comparisons;
using Assay.Stores;

namespace Assay.Experimentation.Analysis;

/// <summary>The sums by arm and metric, whatever the order in which the store gave them.</summary>
internal sealed class ArmTable(AnalysisPlan plan, ExperimentSums sums)
{
    private readonly Dictionary<string, VariantSums> variants = sums.Variants.ToDictionary(v => v.Variant, StringComparer.Ordinal);

    /// <summary>The units of an arm; 0 for one that nobody saw.</summary>
    public long Units(string arm) => variants.GetValueOrDefault(arm)?.Units ?? 0;

    /// <summary>Units in arms of a weight.</summary>
    public long AllUnits => plan.Arms.Where(a => a.Weight > 0).Sum(a => Units(a.Name));

    /// <summary>The units of the smallest arm of a weight.</summary>
    public long LeastUnits => plan.Arms.Where(a => a.Weight > 0).Min(a => Units(a.Name));

    /// <summary>Arms that were seen and are not in the definition.</summary>
    public IEnumerable<VariantSums> Unknown =>
        variants.Values.Where(v => v.Units > 0 && plan.Arms.All(a => a.Name != v.Variant)).OrderBy(v => v.Variant, StringComparer.Ordinal);

    /// <summary>Control.</summary>
    public ArmPlan Control => plan.Arms.First(a => a.Name == plan.Control);

    /// <summary>A metric in an arm.</summary>
    public ArmSums Of(ArmPlan arm, MetricPlan metric) =>
        new(arm, Units(arm.Name), variants.GetValueOrDefault(arm.Name)?.Metrics.FirstOrDefault(m => m.Metric == metric.Name) ?? Empty(metric.Name));

    /// <summary>Whether the denominators of a metric are the numbers of outcomes.</summary>
    public bool CountsOutcomes(MetricPlan metric) => plan.Metrics.All(m => m.Name != metric.Name || m.Per is null);

    /// <summary>A treatment's metric beside control's.</summary>
    public Compared Compare(ArmPlan treatment, MetricPlan metric) => Compared.Of(metric, Of(Control, metric), Of(treatment, metric), CountsOutcomes(metric));

    private static MetricSums Empty(string metric) =>
        new(metric)
        {
            UnitMeans = default,
            Ratio = default,
            Covariate = default,
            Positive = 0,
            Outcomes = 0,
            NotFinite = 0,
        };
}
