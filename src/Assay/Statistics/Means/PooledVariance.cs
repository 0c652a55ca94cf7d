using Assay.Statistics.Samples;

namespace Assay.Statistics.Means;

/// <summary>The variance that two arms share.</summary>
internal static class PooledVariance
{
    private const string Need = "a mean needs 1";

    /// <summary>Null when each arm has a value and both together have three, so that one degree of freedom is left.</summary>
    public static string? Lack(in Moments control, in Moments treatment) =>
        Shortage.Of("control", control, 1, Need)
        ?? Shortage.Of("treatment", treatment, 1, Need)
        ?? (control.Count + treatment.Count > 2 ? null : "each arm has 1 value; a pooled variance needs 3 values in both together");

    /// <summary>(M2_c + M2_t)/(n_c + n_t − 2).</summary>
    public static double Of(in Moments control, in Moments treatment) =>
        (Spread.SquaresOf(control) + Spread.SquaresOf(treatment)) / (control.Count + treatment.Count - 2);
}
