using Assay.Experimentation.Analysis.Comparisons;
using Assay.Stores;

namespace Assay.Experimentation.Analysis;

/// <summary>The sums by arm and metric, whatever the order in which the store gave them.</summary>
internal sealed class ArmTable(AnalysisPlan plan, ExperimentSums sums)
{
    private readonly Dictionary<string, VariantSums> variants = sums.Variants.ToDictionary(v => v.Variant, StringComparer.Ordinal);

    // Sums come in the order of the question.
    private readonly Dictionary<(string Name, string? Per), int> places = plan
        .Questions.Select((q, i) => (q, i))
        .ToDictionary(q => (q.q.Metric, q.q.Denominator), q => q.i);

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
    public ArmSums Of(ArmPlan arm, MetricPlan metric)
    {
        var place = places[(metric.Name, metric.Per)];
        var sums = variants.GetValueOrDefault(arm.Name)?.Metrics;
        return new ArmSums(arm, Units(arm.Name), sums is not null && place < sums.Count ? sums[place] : Empty(metric.Name));
    }

    /// <summary>A treatment's metric beside control's.</summary>
    public Compared Compare(ArmPlan treatment, MetricPlan metric) => Compared.Of(metric, Of(Control, metric), Of(treatment, metric));

    private static MetricSums Empty(string metric) =>
        new(metric)
        {
            UnitMeans = default,
            Ratio = default,
            Covariate = default,
            MeanCovariate = default,
            Positive = 0,
            Outcomes = 0,
            NotFinite = 0,
        };
}
