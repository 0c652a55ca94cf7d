using Assay.Statistics;
using Assay.Statistics.Samples;

namespace Assay.Experimentation.Analysis.Comparisons;

/// <summary>One metric of one treatment and of control, ready for every test of its kind. Differences are treatment − control.</summary>
internal abstract record Comparison
{
    /// <summary>What it is a difference of, for readers, when the method's name does not say it.</summary>
    public string Of { get; init; } = "";

    /// <summary>What is beyond sampling: both arms' figures are known to this much only, in the metric's unit; 0 for exact sums.</summary>
    public double Inexact { get; init; }

    /// <summary>Both arms as means of units, for planning.</summary>
    public abstract ArmMoments Moments { get; }

    /// <summary>The test of one look.</summary>
    public abstract StatisticResult Fixed(double alpha, Alternative alternative);

    /// <summary>The test of any number of looks.</summary>
    public abstract StatisticResult Sequential(double alpha, long tuning);

    /// <summary>
    /// Where the treatment lies above a limit that moves with control, at any number of looks: each end is a bound at alpha of its own.
    /// </summary>
    /// <param name="limit">The limit.</param>
    /// <param name="alpha">The accepted share of false alarms of each end.</param>
    /// <param name="tuning">Units of both arms at which the interval is narrowest.</param>
    public abstract Excess Above(Limit limit, double alpha, long tuning);

    /// <summary>With the difference as near to 0 as <see cref="Inexact"/> allows: what a p-value may rest on.</summary>
    public abstract Comparison AtWorst();

    /// <summary>The same figures from so many times the units.</summary>
    public abstract Comparison Times(double factor);
}

/// <summary>Both arms as means of units.</summary>
internal readonly record struct ArmMoments(Moments Control, Moments Treatment);

/// <summary>The worst that is accepted of a treatment: <see cref="Factor"/> × control + <see cref="Shift"/>.</summary>
internal readonly record struct Limit(double Factor, double Shift)
{
    /// <summary>The limit of a margin; a relative one widens away from control's value, whatever its sign.</summary>
    public static Limit Of(Margin margin, bool isLowerBetter, double control)
    {
        var towards = isLowerBetter ? 1 : -1;
        return new Limit(1 + (towards * Math.Sign(control) * margin.Relative), towards * margin.Absolute);
    }

    public double At(double control) => (Factor * control) + Shift;
}

/// <summary>How far a treatment lies above its limit.</summary>
/// <param name="Estimate">As it looks; null when there is none.</param>
/// <param name="Low">At least; null when unbounded.</param>
/// <param name="High">At most; null when unbounded.</param>
/// <param name="Method">How it was computed.</param>
/// <param name="Lack">Why it was not; null when it was.</param>
internal sealed record Excess(double? Estimate, double? Low, double? High, string Method, string? Lack);
