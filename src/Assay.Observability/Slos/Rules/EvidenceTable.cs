using System.Globalization;

namespace Assay.Observability.Slos.Rules;

/// <summary>
/// The fewest bad events that are evidence, as steps over all events: Prometheus has no binomial tail. Where the burn rate alone asks for more than
/// evidence does the table ends, so that it decides as the engine does at every whole count.
/// </summary>
/// <param name="Least">The fewest bad events of all.</param>
/// <param name="Steps">Above each of these numbers of events one more bad event is needed.</param>
internal sealed record EvidenceTable(long Least, IReadOnlyList<long> Steps)
{
    // At 14.4 × and 99.9 % there are 6, at 6 × there are 14; the bound is for targets that nobody has.
    private const int MostSteps = 200;

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
                break;
            }

            steps.Add(most);
        }

        return new EvidenceTable(least, steps);
    }

    /// <summary>Whether so many bad events are evidence, where the burn rate is reached.</summary>
    public bool Holds(EventCount count) => count.Bad >= Least + Steps.Count(s => count.Total > s);

    /// <summary>As PromQL. Increases are not whole, so each bound lies half an event aside.</summary>
    public string Expression(string bad, string events) =>
        $"{bad} > {Half(Least - 1)}" + string.Concat(Steps.Select(s => $"\n  + ({events} > bool {Half(s)})"));

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
