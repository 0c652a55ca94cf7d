using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Ranks;
using Assay.Statistics.Resampling;
using Assay.Statistics.Samples;

namespace Assay.Cli.Comparing;

/// <summary>What one metric came to under its design: the methods that the design allows, and no others.</summary>
internal sealed record DesignOutcome(
    ArmFigures Control,
    ArmFigures Treatment,
    StatisticResult Means,
    Detectable Detectable,
    IReadOnlyList<Figure> Figures,
    double? VarianceReduction
)
{
    // Fixed, so that the same files give the same report.
    private const long Seed = 42;
    private const int Draws = 10_000;

    // More would take longer than some seconds and say what the t test says: the mean of so many differences is near normal.
    private const int MostPairsDrawn = 100_000;

    public static DesignOutcome Of(ArmSamples samples, ComparisonRequest request) =>
        request.Design switch
        {
            Design.Paired => Paired(samples, request),
            Design.Clustered => Clustered(samples, request),
            Design.Covariate => WithCovariate(samples, request),
            _ => Independent(samples, request),
        };

    private static DesignOutcome Independent(ArmSamples samples, ComparisonRequest request)
    {
        var (control, treatment) = (ArmFigures.Of(samples.Control), ArmFigures.Of(samples.Treatment));
        var means = WelchTest.Compare(control.Moments, treatment.Moments, request.Alpha, request.Alternative);
        return new DesignOutcome(control, treatment, means, Detection.Of(means, control, request), FiguresOf(samples, control, treatment, request), null);
    }

    private static DesignOutcome WithCovariate(ArmSamples samples, ComparisonRequest request)
    {
        var (control, treatment) = (ArmFigures.Of(samples.Control), ArmFigures.Of(samples.Treatment));
        var adjusted = Cuped.Compare(
            PairMoments.Of(samples.Control.Before, samples.Control.Values),
            PairMoments.Of(samples.Treatment.Before, samples.Treatment.Values),
            request.Alpha,
            request.Alternative
        );
        var without = WelchTest.Compare(control.Moments, treatment.Moments, request.Alpha, request.Alternative);
        return new DesignOutcome(
            control,
            treatment,
            adjusted.Difference,
            Detection.Of(adjusted.Difference, control, request),
            [new Figure(FigureLabel.Unadjusted, FigureScale.Metric, without), .. FiguresOf(samples, control, treatment, request)],
            adjusted.VarianceReduction
        );
    }

    private static DesignOutcome Paired(ArmSamples samples, ComparisonRequest request)
    {
        var (control, treatment) = (ArmFigures.Of(samples.Control), ArmFigures.Of(samples.Treatment));
        var means = PairedTTest.Compare(samples.Control.Values, samples.Treatment.Values, request.Alpha, request.Alternative);
        IReadOnlyList<Figure> draws =
            samples.Control.Values.Length > MostPairsDrawn ? [] : [new Figure(FigureLabel.SignFlip, FigureScale.Metric, Randomised(samples, request))];
        return new DesignOutcome(control, treatment, means, Detection.Of(means, control, request), draws, VarianceReduction: null);
    }

    private static StatisticResult Randomised(ArmSamples samples, ComparisonRequest request)
    {
        double[] differences = [.. samples.Treatment.Values.Zip(samples.Control.Values, (t, c) => t - c)];
        return SignFlipTest.Compare(differences, Draws, Seed, request.Alternative);
    }

    private static DesignOutcome Clustered(ArmSamples samples, ComparisonRequest request)
    {
        var (control, treatment) = (ArmFigures.Of(samples.Control), ArmFigures.Of(samples.Treatment));
        var means = ClusteredMean.Compare<int>(
            samples.Control.Values,
            samples.Control.Clusters,
            samples.Treatment.Values,
            samples.Treatment.Clusters,
            request.Alpha,
            request.Alternative
        );
        return new DesignOutcome(control, treatment, means, Detection.Of(means, control, request), Figures: [], VarianceReduction: null);
    }

    /// <summary>What may be said of rows that are all on their own.</summary>
    private static List<Figure> FiguresOf(ArmSamples samples, ArmFigures control, ArmFigures treatment, ComparisonRequest request)
    {
        var (before, after) = (samples.Control.Values, samples.Treatment.Values);
        Figure Quantile(string name, double q) =>
            new(name, FigureScale.Metric, QuantileDifference.Compare(control.Sorted, treatment.Sorted, q, request.Alpha, request.Alternative));
        return
        [
            new Figure(
                FigureLabel.Relative,
                FigureScale.Share,
                RelativeDifference.Compare(control.Moments, treatment.Moments, request.Alpha, request.Alternative)
            ),
            new Figure(FigureLabel.Ranks, FigureScale.Metric, MannWhitneyTest.Compare(before, after, request.Alpha, request.Alternative)),
            new Figure(FigureLabel.Pairs, FigureScale.Share, CommonLanguageEffect.Of(before, after, request.Alpha)),
            Quantile(FigureLabel.P50, 0.5),
            Quantile(FigureLabel.P95, 0.95),
            Quantile(FigureLabel.P99, 0.99),
            new Figure(FigureLabel.Effect, FigureScale.StandardDeviations, CohensD.Between(control.Moments, treatment.Moments, request.Alpha)),
        ];
    }
}
