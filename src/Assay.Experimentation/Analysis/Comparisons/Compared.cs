using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Experimentation.Analysis.Comparisons;

/// <summary>A comparison, or why there is none.</summary>
/// <param name="Comparison">The comparison that decides.</param>
/// <param name="Lack">Why there is none, as half a sentence.</param>
internal sealed record Compared(Comparison? Comparison, string? Lack = null)
{
    /// <summary>The same difference without the covariate, or with it: told beside, never decided by.</summary>
    public Comparison? Beside { get; init; }

    /// <summary>The share of variance that the covariate took away; null without one.</summary>
    public double? VarianceReduction { get; init; }

    public static Compared Of(MetricPlan metric, ArmSums control, ArmSums treatment)
    {
        var compared = ByKind(metric, control, treatment);
        var arms = compared.Comparison?.Moments ?? default;
        return !Reasonable.Holds(arms.Control) ? new Compared(null, $"{control.Arm.Name}: {Reasonable.Lack}")
            : !Reasonable.Holds(arms.Treatment) ? new Compared(null, $"{treatment.Arm.Name}: {Reasonable.Lack}")
            : compared;
    }

    private static Compared ByKind(MetricPlan metric, ArmSums control, ArmSums treatment) =>
        metric.Kind switch
        {
            MetricKind.Mean => Covariates.OfMeans(control, treatment),
            MetricKind.Sum => Covariates.OfSums(control, treatment),
            MetricKind.Rate => OfRates(control, treatment),
            MetricKind.Ratio => OfRatios(control, treatment),
            _ => SketchedQuantiles.Compare(metric.Quantile!.Value, control, treatment),
        };

    private static Compared OfRates(ArmSums control, ArmSums treatment)
    {
        var share = treatment.Arm.Weight / (treatment.Arm.Weight + control.Arm.Weight);
        return new Compared(
            new RatesComparison(new ArmRate(control.Sums.Positive, control.Units), new ArmRate(treatment.Sums.Positive, treatment.Units), share)
        );
    }

    private static Compared OfRatios(ArmSums control, ArmSums treatment)
    {
        var (c, t) = (RatioMetric.Of(control.Sums.Ratio), RatioMetric.Of(treatment.Sums.Ratio));
        if ((c as NotComputable ?? t as NotComputable) is { } not)
        {
            return new Compared(null, $"{(c is NotComputable ? control.Arm.Name : treatment.Arm.Name)}: {not.Reason}");
        }

        if (Linear(c.AsComputed!) is not { } linearControl || Linear(t.AsComputed!) is not { } linearTreatment)
        {
            return new Compared(null, $"the ratios: {Reasonable.Lack}");
        }

        var (controlRatio, treatmentRatio) = (control.Sums.Ratio, treatment.Sums.Ratio);
        return new Compared(
            new MeansComparison(linearControl, linearTreatment)
            {
                Of = "ratios of sums, linearised by the delta method",
                Own = (alpha, alternative) => RatioMetric.Compare(controlRatio, treatmentRatio, alpha, alternative),
            }
        );
    }

    // What each unit contributes to the ratio has the ratio for its mean and, by the delta method, √n times its error for its deviation.
    private static Moments? Linear(Computed ratio) => Reasonable.Summary(ratio.N, ratio.Estimate, ratio.StandardError!.Value * Math.Sqrt(ratio.N));
}
