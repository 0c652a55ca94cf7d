using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Experimentation.Analysis.Comparisons;

/// <summary>Means and sums adjusted by what the same units did before their exposure (CUPED), where they did something; the plain ones stand beside.</summary>
internal static class Covariates
{
    // A slope counts as known, which is right for more than a few units (see Cuped).
    private const long LeastKnown = 30;

    /// <summary>Sums per unit; one without outcomes before has the sum 0 there, as it has after.</summary>
    public static Compared OfSums(ArmSums control, ArmSums treatment) =>
        Adjust(
            new MeansComparison(control.Sums.Ratio.X, treatment.Sums.Ratio.X) { Of = "sums per unit" },
            control.Sums.Covariate,
            treatment.Sums.Covariate,
            "sums per unit, adjusted by those before the exposure (CUPED)"
        );

    /// <summary>
    /// Unit means. One without outcomes before has no mean there and is not adjusted: it gets the mean of those who have, of both arms, which is what nobody's
    /// arm could have changed. So the variance falls by about ρ² times the share of units that are known from before.
    /// </summary>
    public static Compared OfMeans(ArmSums control, ArmSums treatment)
    {
        var plain = new MeansComparison(control.Sums.UnitMeans, treatment.Sums.UnitMeans) { Of = "unit means" };
        var (c, t) = (control.Sums.MeanCovariate, treatment.Sums.MeanCovariate);
        if (Math.Min(c.Count, t.Count) < LeastKnown)
        {
            return new Compared(plain);
        }

        var centre = PairMoments.Merge(c, t).X.Mean;
        return Adjust(
            plain,
            PairMoments.OfKnown(c, control.Sums.UnitMeans, centre),
            PairMoments.OfKnown(t, treatment.Sums.UnitMeans, centre),
            "unit means, adjusted by those before the exposure (CUPED)"
        );
    }

    private static Compared Adjust(MeansComparison plain, PairMoments control, PairMoments treatment, string of)
    {
        var cuped = Cuped.Compare(control, treatment);
        return cuped is { Theta: { } theta, Difference: Computed } && Adjusted(control, treatment, theta, of) is { } adjusted
            ? new Compared(adjusted) { Beside = plain, VarianceReduction = cuped.VarianceReduction }
            : new Compared(plain);
    }

    // θ is of both arms, so both are moved alike and the difference is that of CUPED.
    private static MeansComparison? Adjusted(PairMoments control, PairMoments treatment, double theta, string of)
    {
        var centre = PairMoments.Merge(control, treatment).X.Mean;
        return Moved(control, theta, centre) is not { } c || Moved(treatment, theta, centre) is not { } t
            ? null
            : new MeansComparison(c, t) { Of = of, Own = (alpha, alternative) => Cuped.Compare(control, treatment, alpha, alternative).Difference };
    }

    private static Moments? Moved(in PairMoments arm, double theta, double centre)
    {
        var variance = arm.Y.Variance - (2 * theta * (arm.Covariance ?? 0)) + (theta * theta * arm.X.Variance);
        return Reasonable.Summary(arm.Count, arm.Y.Mean - (theta * (arm.X.Mean - centre)), Math.Sqrt(Math.Max(0, variance)));
    }
}
