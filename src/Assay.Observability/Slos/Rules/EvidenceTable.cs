using System.Globalization;

namespace Assay.Observability.Slos.Rules;

/// <summary>
/// The fewest bad events that are evidence, for Prometheus, which has no binomial tail: steps over all events, and beyond the last of them a curve.
/// Where the burn rate alone asks for more than evidence does the steps end and there is no curve, so that they decide as the engine does at every
/// whole count: so it is for pages. A ticket at the rate 1 needs evidence at any traffic; its curve is off by one event at most.
/// </summary>
/// <param name="Least">The fewest bad events of all.</param>
/// <param name="Steps">Above each of these numbers of events one more bad event is needed.</param>
/// <param name="Beyond">How many are needed above the last step; null where the burn rate asks for more.</param>
internal sealed record EvidenceTable(long Least, IReadOnlyList<long> Steps, EvidenceCurve? Beyond)
{
    // The rates of pages end the steps: at 14.4 × and 99.9 % there are 6, at 6 × 14.
    private const int MostSteps = 16;

    // Tickets would need 21 and more: Prometheus reads each step anew, and beyond so many the curve is right to one event.
    private const int StepsBeforeCurve = 4;

    public static EvidenceTable Of(BurnPair pair, double budget)
    {
        var least = 1L;
        while (BurnEvidence.LeastBad(pair, least, budget) > least)
        {
            least++;
        }

        var steps = new List<long>();
        for (var bad = least; steps.Count < MostSteps; bad++)
        {
            var most = MostEvents(pair, budget, bad);
            if (pair.Burn * budget * most >= bad + 1)
            {
                return new EvidenceTable(least, steps, Beyond: null);
            }

            steps.Add(most);
        }

        return new EvidenceTable(least, steps[..StepsBeforeCurve], EvidenceCurve.Of(BurnEvidence.Rarity(pair), budget));
    }

    /// <summary>Whether so many bad events are evidence, where the burn rate is reached.</summary>
    public bool Holds(EventCount count) => count.Bad >= LeastOf(count.Total);

    /// <summary>The fewest bad events among so many that are evidence, where the burn rate is reached.</summary>
    public long LeastOf(long total) => Beyond is { } curve && total > Steps[^1] ? curve.LeastOf(total) : Least + Steps.Count(s => total > s);

    /// <summary>As PromQL. Increases are not whole, so each bound lies half an event aside.</summary>
    public string Expression(string bad, string events)
    {
        var steps = Half(Least - 1) + string.Concat(Steps.Take(Steps.Count - (Beyond is null ? 0 : 1)).Select(s => $"\n  + ({events} > bool {Half(s)})"));
        return Beyond is { } curve
            ? $"{bad} > ({events} <= bool {Half(Steps[^1])}) * ({steps})\n  + ({events} > bool {Half(Steps[^1])}) * ({curve.Expression(events)})"
            : $"{bad} > {steps}";
    }

    private static string Half(long count) => (count + 0.5).ToString(CultureInfo.InvariantCulture);

    /// <summary>The greatest number of events among which so many bad ones are evidence.</summary>
    private static long MostEvents(BurnPair pair, double budget, long bad)
    {
        var (low, high) = (bad, bad * 2);
        while (BurnEvidence.LeastBad(pair, high, budget) <= bad)
        {
            (low, high) = (high, high * 2);
        }

        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = BurnEvidence.LeastBad(pair, middle, budget) <= bad ? (middle, high) : (low, middle);
        }

        return low;
    }
}
