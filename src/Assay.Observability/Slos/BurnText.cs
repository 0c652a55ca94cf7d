using System.Globalization;
using Assay.Statistics.Rates;

namespace Assay.Observability.Slos;

/// <summary>Alerts in words.</summary>
internal static class BurnText
{
    public static string Reason(SloDefinition slo, BurnPair pair, BurnReadings readings) =>
        $"{Sentence(readings[pair.Long])}, {Sentence(readings[pair.Short])}; the alert is at {Number(pair.Burn)} ×. {Evidence(slo, pair, readings)}";

    public static string Resolution(AlertSeverity severity, BurnReadings readings)
    {
        var seen = BurnPolicy.Pairs.Where(p => p.Severity == severity).Select(p => readings[p.Long]).ToList();
        return seen.All(r => r.Count.Total == 0)
            ? $"No events for {Name(seen[^1].Window)}: whether it is well again is not known."
            : $"The budget burns slowly again: {string.Join(", ", seen.Select(Sentence))}.";
    }

    /// <summary>A window's length in its largest unit: <c>5m</c>, <c>1h</c>, <c>3d</c>.</summary>
    public static string Name(TimeSpan window) =>
        window.TotalDays >= 1 ? $"{window.TotalDays:0}d"
        : window.TotalHours >= 1 ? $"{window.TotalHours:0}h"
        : $"{window.TotalMinutes:0}m";

    private static string Sentence(BurnReading reading) =>
        reading.Burn is { } burn
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{reading.Count.Bad:#,0} of {reading.Count.Total:#,0} bad in {Name(reading.Window)} = {Number(burn)} × the budget"
            )
            : $"nothing in {Name(reading.Window)}";

    private static string Evidence(SloDefinition slo, BurnPair pair, BurnReadings readings)
    {
        var rarest = new[] { readings[pair.Short], readings[pair.Long] }.MinBy(r => Rarity(slo, r));
        return $"At the budget chance gives such a count of {Name(rarest.Window)} with probability 10^{Number(Rarity(slo, rarest))}.";
    }

    private static double Rarity(SloDefinition slo, BurnReading reading) => BinomialTail.Log10AtLeast(reading.Count.Bad, reading.Count.Total, slo.Budget);

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.#", CultureInfo.InvariantCulture);
}
