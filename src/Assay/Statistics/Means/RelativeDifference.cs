using System.Globalization;
using Assay.Statistics.Distributions;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>The lift: the difference of two means as a fraction of the control's mean.</summary>
public static class RelativeDifference
{
    private static readonly MethodName Method = new(
        "relative difference of means, Fieller's interval",
        "Fieller (1954), Some problems in interval estimation, Journal of the Royal Statistical Society B 16"
    );

    /// <summary>
    /// lift = (m_t − m_c)/|m_c|: 0.05 is five per cent more than the control. The sign is that of the difference, also when the means are negative.
    /// The interval is Fieller's: all lifts λ with (d − λ·m_c)² ≤ q²·(v_t + (1 + λ)²·v_c), where d = m_t − m_c, v = s²/n, and q is the quantile
    /// of t with Welch's degrees of freedom, so that the interval holds 0 exactly when <see cref="WelchTest"/> at the same alpha sees no difference; t and p are that test's.
    /// The standard error is the delta method's, √(v_t + (m_t/m_c)²·v_c)/|m_c|. Assumes independent values and means that are near normal.
    /// </summary>
    /// <param name="control">Moments of the control, two values or more.</param>
    /// <param name="treatment">Moments of the treatment, two values or more.</param>
    /// <param name="alpha">The accepted share of false alarms, between 0 and 1; the interval has confidence 1 − alpha.</param>
    /// <param name="alternative">The claim of the p-value; a one-sided claim gives an interval with one end.</param>
    /// <returns>
    /// Lift, standard error, t, degrees of freedom, p and interval; <see cref="NotComputable"/> where <see cref="WelchTest"/> is,
    /// and when the control's mean is not separated from 0 at this alpha: no finite interval then covers the lift.
    /// </returns>
    /// <exception cref="AssayException">Alpha is not between 0 and 1.</exception>
    public static StatisticResult Compare(in Moments control, in Moments treatment, double alpha = 0.05, Alternative alternative = Alternative.TwoSided)
    {
        Demand.Alpha(alpha);
        if (Shortage.OfVariances(control, treatment) is { } reason)
        {
            return Method.NotComputable(reason);
        }

        var error = WelchTest.ErrorOf(control, treatment);
        return error.StandardError == 0 ? Method.NotComputable(Spread.WhyNone(control, treatment)) : Compare(control, treatment, error, alpha, alternative);
    }

    private static StatisticResult Compare(in Moments control, in Moments treatment, CombinedError error, double alpha, Alternative alternative)
    {
        var difference = Moments.DifferenceOfMeans(control, treatment);
        if (!Inference.IsInRange(difference, error.StandardError))
        {
            return Inference.OutOfRange(Method);
        }

        var ratio = FiellerRatio.Of(control, treatment);
        var critical = StudentT.UpperQuantile(Limits.ShareBeyond(alpha, alternative), error.DegreesOfFreedom);
        if (!ratio.IsBounded(critical))
        {
            return Method.NotComputable(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the control's mean ({control.Mean:G6}) is not separated from 0 at alpha {alpha}, so the difference as a fraction of it has no bounds"
                )
            );
        }

        var sign = Math.Sign(control.Mean);
        var interval = IntervalOf(ratio.LimitsAt(critical), sign, alpha, alternative);
        return (
            Inference.StudentTest(Method, difference, error, control.Count + treatment.Count, alternative, interval) with
            {
                Estimate = sign * ratio.Lift,
                StandardError = ratio.StandardError,
            }
        ).OrNotComputable();
    }

    /// <summary>The limits are of d/m_c; a negative mean of the control turns them round.</summary>
    private static Interval IntervalOf(FiellerLimits limits, int sign, double alpha, Alternative alternative) =>
        sign > 0 ? Limits.Between(limits.Low, limits.High, alpha, alternative) : Limits.Between(-limits.High, -limits.Low, alpha, alternative);
}
