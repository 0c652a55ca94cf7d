using Assay.Experimentation.Analysis.Comparisons;

namespace Assay.Releases.Canaries.Judging;

/// <summary>
/// The plain rule for what needs no statistics: five requests of the canary or more are bad, they are at least half of its requests, and control's are not. A canary of
/// which really 5 % or fewer are bad is ever called so with a chance of at most 1 in 4,033 over all looks: at that point the likelihood ratio of one half against 5 % is at
/// least (0.5/0.05 · 0.5/0.95)^5 = 4,033, and a likelihood ratio ever reaches that with one in as much (Ville 1939).
/// </summary>
internal static class GrossFailure
{
    /// <summary>The least bad requests.</summary>
    public const long LeastBad = 5;

    /// <summary>The share of the canary's requests that must be bad.</summary>
    public const double Share = 0.5;

    // What fails in control as well is no fault of the canary.
    private const double MostOfControl = 0.25;

    /// <summary>The chance that it calls a canary of which 5 % are bad, over all looks of a step.</summary>
    public const double FalseAlarms = 1.0 / 4033;

    public static bool Is(ArmRate control, ArmRate canary) =>
        canary.Successes >= LeastBad && canary.Successes >= Share * canary.Units && control.Rate < MostOfControl;
}
