using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Embedded.Events.Experiments.Reading;

/// <summary>The sums of one metric in one variant, unit by unit. 16 KiB, and a sketch when one is asked for.</summary>
internal sealed class MetricTally(MetricColumns columns)
{
    private readonly PairTally ratio = new();
    private readonly PairTally covariate = new();
    private readonly PairTally meanCovariate = new();
    private readonly MeanTally means = new();
    private readonly QuantileSketch? values = columns.Quantiles ? new QuantileSketch() : null;
    private long positive;
    private long outcomes;
    private long notFinite;

    public void AddUnit(ReadOnlySpan<UnitColumn> unit)
    {
        ref readonly var own = ref unit[columns.Above];
        var sum = own.Sum;
        ratio.Add(sum, columns.Below == ExperimentPlan.None ? own.Count : unit[columns.Below].Sum);
        covariate.Add(own.Pre, sum);
        if (own.Count > 0)
        {
            var mean = sum / own.Count;
            means.Add(mean);
            positive += own.IsPositive ? 1 : 0;
            if (own.PreCount > 0)
            {
                meanCovariate.Add(own.Pre / own.PreCount, mean);
            }
        }

        outcomes += own.Count + own.NotFinite;
        notFinite += own.NotFinite;
    }

    public void AddValue(double value)
    {
        if (double.IsFinite(value))
        {
            values?.Add(value);
        }
    }

    public MetricSums ToSums() =>
        new(columns.Metric)
        {
            UnitMeans = means.ToMoments(),
            Ratio = ratio.ToMoments(),
            Covariate = covariate.ToMoments(),
            MeanCovariate = meanCovariate.ToMoments(),
            Positive = positive,
            Outcomes = outcomes,
            NotFinite = notFinite,
            Values = values,
        };
}
