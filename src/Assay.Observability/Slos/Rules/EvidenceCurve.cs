using System.Globalization;
using Assay.Statistics.Distributions;

namespace Assay.Observability.Slos.Rules;

/// <summary>
/// The quantile of a binomial distribution by its first four moments (Cornish and Fisher, 1937):
/// μ + zσ + (1 − 2b)(z² − 1)/6 + [(1 − 6b(1 − b))(z³ − 3z)/24 − (1 − 2b)²(2z³ − 5z)/36]/σ, with μ = nb and σ² = nb(1 − b).
/// From half an expected bad event on it gives the exact least count or one beside it.
/// </summary>
/// <param name="Budget">b, the share that may be bad.</param>
/// <param name="Sigma">√(b(1 − b)): σ of one event.</param>
/// <param name="Z">The standard normal quantile of the rarity.</param>
/// <param name="Skew">The term that does not depend on n.</param>
/// <param name="Tail">The term over σ.</param>
internal sealed record EvidenceCurve(double Budget, double Sigma, double Z, double Skew, double Tail)
{
    public static EvidenceCurve Of(double rarity, double budget)
    {
        var z = Normal.UpperQuantile(rarity);
        var lean = 1 - (2 * budget);
        var skew = lean * ((z * z) - 1) / 6;
        var tail = ((1 - (6 * budget * (1 - budget))) * ((z * z * z) - (3 * z)) / 24) - (lean * lean * ((2 * z * z * z) - (5 * z)) / 36);
        return new EvidenceCurve(budget, Math.Sqrt(budget * (1 - budget)), z, skew, tail);
    }

    /// <summary>The fewest bad events among so many that are evidence.</summary>
    public long LeastOf(long total)
    {
        var root = Math.Sqrt(total);
        return (long)Math.Ceiling((Budget * total) + (Z * Sigma * root) + Skew + (Tail / (Sigma * root)) + 0.5);
    }

    /// <summary>Half an event below the fewest, as PromQL.</summary>
    public string Expression(string events) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"ceil({Budget:R} * {events} + {Z * Sigma:R} * sqrt({events}) + {Skew + 0.5:R} + {Tail / Sigma:R} / sqrt({events})) - 0.5"
        );
}
