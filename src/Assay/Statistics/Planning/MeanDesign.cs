namespace Assay.Statistics.Planning;

/// <summary>How a t test's degrees of freedom and noncentrality grow with the control's size n; the effect is in standard deviations.</summary>
/// <param name="Ratio">Treatment units per control unit; null for one sample or pairs.</param>
internal sealed record MeanDesign(double? Ratio)
{
    /// <summary>Two values in each arm: below that no variance can be estimated in it.</summary>
    public double LeastSize => Ratio is { } ratio ? Math.Max(2, 2 / ratio) : 2;

    public double MostSize => PlanDemand.MostSize / Math.Max(1, Ratio ?? 1);

    public double DegreesOfFreedom(double n) => Ratio is { } ratio ? (n * (1 + ratio)) - 2 : n - 1;

    /// <summary>δ for an effect of one standard deviation.</summary>
    public double Noncentrality(double n) => Math.Sqrt(EffectiveSize(n));

    public double EffectiveSize(double n) => Ratio is { } ratio ? n * ratio / (1 + ratio) : n;

    public double Power(double effect, double n, PlanTerms terms) => TTestPower.Of(effect * Noncentrality(n), DegreesOfFreedom(n), terms);
}
