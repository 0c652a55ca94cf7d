using Assay.Statistics.Samples;

namespace Assay.Experimentation.Analysis.Comparisons;

/// <summary>
/// Quantiles of single values from sketches. A sample quantile is, for many values, a mean of influences with the deviation √(q(1 − q))/f, f the density
/// there (Bahadur 1966); f comes from two quantiles about two standard errors either side, as Price and Bonett (2002) do it for medians. Values of one unit
/// depend on each other, so the values count as <see cref="ArmSums.EffectiveValues"/>. What the sketch may be wrong by widens every interval.
/// </summary>
internal static class SketchedQuantiles
{
    private const double Reach = 2;

    public static Compared Compare(double q, ArmSums control, ArmSums treatment)
    {
        if ((Lack(q, control) ?? Lack(q, treatment)) is { } lack)
        {
            return new Compared(null, lack);
        }

        if (Influence(q, control) is not { } c || Influence(q, treatment) is not { } t)
        {
            return new Compared(null, $"the quantiles: {Reasonable.Lack}");
        }

        var inexact = Error(q, control) + Error(q, treatment);
        return new Compared(
            new MeansComparison(c, t)
            {
                Of = $"quantiles from sketches, right to {FigureText.Percent(Math.Max(RelativeError(control), RelativeError(treatment)))}",
                Inexact = inexact,
            }
        );
    }

    private static Moments? Influence(double q, ArmSums arm)
    {
        var values = arm.Sums.Values!;
        var n = arm.EffectiveValues;
        var step = Step(q, n);
        var slope = (values.Quantile(q + step)!.Value - values.Quantile(q - step)!.Value) / (2 * step);
        return Reasonable.Summary(n, values.Quantile(q)!.Value, Math.Sqrt(q * (1 - q)) * slope);
    }

    private static string? Lack(double q, ArmSums arm)
    {
        var n = arm.EffectiveValues;
        var least = Math.Ceiling(Reach * Reach * Math.Max(q / (1 - q), (1 - q) / q)) + 1;
        return arm.Sums.Values is null ? $"the store kept no single values of {arm.Arm.Name}"
            : n < least ? $"{arm.Arm.Name} has values worth {n} units; the error of this quantile needs {least}"
            : null;
    }

    private static double Step(double q, long n) => Reach * Math.Sqrt(q * (1 - q) / n);

    private static double Error(double q, ArmSums arm) => Math.Abs(arm.Sums.Values!.Quantile(q)!.Value) * RelativeError(arm);

    private static double RelativeError(ArmSums arm) => arm.Sums.Values!.RelativeError;
}
