using Assay.Cli.Reading;
using Assay.Statistics;
using Assay.Statistics.Corrections;
using Assay.Statistics.Samples;

namespace Assay.Cli.Comparing;

/// <summary>Compares the columns of two files.</summary>
internal static class Comparer
{
    public static ComparisonReport Compare(ComparisonRequest request, CsvColumns control, CsvColumns treatment)
    {
        var pairing = request.Design == Design.Paired ? Pair(request.Column!, control, treatment) : null;
        var samples = request.Metrics.Select(metric => ArmSamples.Of(metric, request, control, treatment)).ToList();
        var outcomes = samples.ConvertAll(s => DesignOutcome.Of(s, request));
        var adjusted = AdjustedP(outcomes.ConvertAll(o => o.Means.AsComputed?.P));
        return new ComparisonReport(
            new ArmFile(control.Source, control.Rows),
            new ArmFile(treatment.Source, treatment.Rows),
            request.Design,
            request.Column,
            request.Alpha,
            request.Alternative,
            request.Power,
            pairing,
            request.Design == Design.Clustered ? PairMatching.Count(control.Texts[request.Column!], treatment.Texts[request.Column!]).Pairs : null,
            [.. request.Metrics.Select((metric, i) => Finish(metric, samples[i], outcomes[i], adjusted[i], request))]
        );
    }

    private static Pairing Pair(string column, CsvColumns control, CsvColumns treatment)
    {
        PairMatching.DemandUnique(control, column);
        PairMatching.DemandUnique(treatment, column);
        return PairMatching.Count(control.Texts[column], treatment.Texts[column]);
    }

    /// <summary>Holm over the metrics that have a p-value; a single one needs no correction.</summary>
    private static double?[] AdjustedP(List<PValue?> all)
    {
        var places = Enumerable.Range(0, all.Count).Where(i => all[i] is not null).ToList();
        var adjusted = new double?[all.Count];
        if (places.Count > 1)
        {
            var holm = MultipleTesting.Adjust([.. places.Select(i => all[i]!.Value.Value)], Correction.Holm);
            places.ForEach(i => adjusted[i] = holm[places.IndexOf(i)]);
        }

        return adjusted;
    }

    private static MetricComparison Finish(string metric, ArmSamples samples, DesignOutcome outcome, double? adjustedP, ComparisonRequest request) =>
        new(
            metric,
            ComparisonSentence.Of(metric, outcome.Means, adjustedP, outcome.Detectable, request),
            Summary(samples.Control, outcome.Control),
            Summary(samples.Treatment, outcome.Treatment),
            outcome.Means,
            adjustedP,
            outcome.Detectable,
            outcome.Figures,
            outcome.VarianceReduction
        );

    private static ArmSummary Summary(Arm arm, ArmFigures figures)
    {
        var (moments, sorted) = (figures.Moments, figures.Sorted);
        var n = moments.Count;
        return new ArmSummary(
            n,
            arm.Empty,
            n == 0 ? null : Finite(moments.Mean),
            n < 2 ? null : Finite(moments.StandardDeviation),
            sorted.Quantile(0.5),
            sorted.Quantile(0.95),
            sorted.Quantile(0.99)
        );
    }

    /// <summary>A figure that left the range of a double is not shown; the methods say why there is none.</summary>
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>What several methods need of an arm, computed once.</summary>
internal sealed record ArmFigures(Moments Moments, OrderedSample Sorted)
{
    public static ArmFigures Of(Arm arm) => new(Moments.Of(arm.Values), OrderedSample.Of(arm.Values));
}
