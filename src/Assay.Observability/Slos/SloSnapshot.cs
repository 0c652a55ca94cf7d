using System.Globalization;

namespace Assay.Observability.Slos;

/// <summary>What one SLO has counted, to be kept over a restart.</summary>
/// <param name="Slo">The SLO's name.</param>
/// <param name="Meaning">What was counted; counts of another meaning are not taken over.</param>
/// <param name="Counts">The counts, about 10 to 25 kB; opaque.</param>
/// <param name="Firing">Alerts that were firing.</param>
public sealed record SloSnapshot(string Slo, string Meaning, byte[] Counts, IReadOnlyList<SloAlert> Firing)
{
    /// <summary>What an SLO counts: a change of the target keeps the counts, a change of filter or threshold begins anew.</summary>
    internal static string MeaningOf(SloDefinition slo)
    {
        var (what, where) = (slo.Indicator, slo.Indicator.Where);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{slo.Service}|{what.Signal}|{what.Good}|{what.Threshold:R}|{where.Operation}|{where.Version}|{where.Environment}|{where.Variant}|{where.Score}"
        );
    }
}
