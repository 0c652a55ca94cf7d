using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>
/// A difference as a fraction of the control's mean with Fieller's limits. All figures are divided by that mean (variances by its square),
/// so that the lift λ solves (1 − g)·λ² − 2(λ̂ + g)·λ + λ̂² − q²(u_c + u_t) = 0 with g = q²·u_c.
/// </summary>
/// <param name="Lift">λ̂: d/m_c.</param>
/// <param name="Control">u_c: the squared relative standard error of the control's mean.</param>
/// <param name="Treatment">u_t: the squared standard error of the treatment's mean, over the control's mean squared.</param>
internal readonly record struct FiellerRatio(double Lift, double Control, double Treatment)
{
    /// <summary>Each arm has two values or more.</summary>
    public static FiellerRatio Of(in Moments control, in Moments treatment)
    {
        var mean = control.Mean;
        return new FiellerRatio(
            Moments.DifferenceOfMeans(control, treatment) / mean,
            Spread.VarianceOf(control) / control.Count / mean / mean,
            Spread.VarianceOf(treatment) / treatment.Count / mean / mean
        );
    }

    /// <summary>The delta method's: √(u_t + (1 + λ̂)²·u_c).</summary>
    public double StandardError => Math.Sqrt(Treatment + ((1 + Lift) * (1 + Lift) * Control));

    /// <summary>Whether the limits exist: the control's mean lies more than q of its standard errors from 0. A mean of 0 never does.</summary>
    public bool IsBounded(double q) => q * q * Control < 1;

    /// <summary>Both limits at the critical value q; bounded ones only.</summary>
    public FiellerLimits LimitsAt(double q)
    {
        var g = q * q * Control;
        var middle = Lift + g;
        var reach = q * Math.Sqrt(Control + Treatment);
        var root = q * Math.Sqrt(((1 - g) * Treatment) + ((1 + Lift) * (1 + Lift) * Control));

        // The limit nearer to 0 follows from the product of both: as a difference it would lose its digits.
        var product = (Lift - reach) * (Lift + reach);
        return middle >= 0
            ? new FiellerLimits(product / (middle + root), (middle + root) / (1 - g))
            : new FiellerLimits((middle - root) / (1 - g), product / (middle - root));
    }
}

/// <summary>The two ends of Fieller's interval.</summary>
internal readonly record struct FiellerLimits(double Low, double High);
