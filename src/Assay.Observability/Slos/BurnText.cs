using System.Globalization;
using Assay.Statistics.Rates;

namespace Assay.Observability.Slos;

/// <summary>Alerts as facts, and in words.</summary>
internal static class BurnText
{
    /// <summary>What a pair that fires rests on.</summary>
    public static AlertFacts Facts(SloDefinition slo, BurnPair pair, BurnReadings readings)
    {
        var rarest = new[] { readings[pair.Short], readings[pair.Long] }.MinBy(r => Rarity(slo, r));
        return new AlertFacts(pair.Burn, BurnFact.Of(readings[pair.Long]), BurnFact.Of(readings[pair.Short]))
        {
            Rarest = rarest.Name,
            Log10Chance = Rarity(slo, rarest),
        };
    }

    /// <summary>What the end of an alert rests on.</summary>
    public static IReadOnlyList<BurnFact> Calm(AlertSeverity severity, BurnReadings readings) =>
        [.. BurnPolicy.Pairs.Where(p => p.Severity == severity).Select(p => BurnFact.Of(readings[p.Long]))];

    public static string Reason(AlertFacts facts) =>
        $"{Sentence(facts.Long)}, {Sentence(facts.Short)}; the alert is at {Number(facts.Threshold)} ×."
        + (facts.Log10Chance is { } chance ? $" At the budget chance gives such a count of {facts.Rarest} with probability 10^{Number(chance)}." : "");

    public static string Resolution(IReadOnlyList<BurnFact> calm) =>
        calm.All(r => r.Total == 0)
            ? $"No events for {calm[^1].Window}: whether it is well again is not known."
            : $"The budget burns slowly again: {string.Join(", ", calm.Select(Sentence))}.";

    /// <summary>A window's length in its largest unit: <c>5m</c>, <c>1h</c>, <c>3d</c>.</summary>
    public static string Name(TimeSpan window) =>
        window.TotalDays >= 1 ? $"{window.TotalDays:0}d"
        : window.TotalHours >= 1 ? $"{window.TotalHours:0}h"
        : $"{window.TotalMinutes:0}m";

    private static string Sentence(BurnFact fact) =>
        fact.Burn is { } burn
            ? string.Create(CultureInfo.InvariantCulture, $"{fact.Bad:#,0} of {fact.Total:#,0} bad in {fact.Window} = {Number(burn)} × the budget")
            : $"nothing in {fact.Window}";

    private static double Rarity(SloDefinition slo, BurnReading reading) => BinomialTail.Log10AtLeast(reading.Count.Bad, reading.Count.Total, slo.Budget);

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.#", CultureInfo.InvariantCulture);
}
