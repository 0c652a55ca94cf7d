namespace Assay.Benchmarks.Telemetry;

/// <summary>What was on the page, and what each contender needed for it, ours first.</summary>
internal sealed record ScrapeCase(string What, IReadOnlyList<ScrapeCost> Costs);

/// <summary>Ours against the goals: the best time of every case, the most bytes of any scrape.</summary>
internal static class ScrapeFigures
{
    public const double MostMsForText = 0.5;
    public const double MostMsForOpenMetrics = 1.2;
    private const long MostBytes = 1_000;

    public static IEnumerable<Figure> Of(string format, double mostMs, IReadOnlyList<ScrapeCase> cases)
    {
        foreach (var page in cases)
        {
            var readings = page.Costs.Select(c => new Reading(c.Who, c.MinMs));
            yield return new Figure($"{format}: {page.What}", "ms", [.. readings], Goal.AtMost($"≤ {mostMs} ms", page.Costs[0].MinMs, mostMs, "ms"));
        }

        var bytes = cases[0].Costs.Select((c, who) => new Reading(c.Who, cases.Max(page => page.Costs[who].Bytes))).ToList();
        yield return new Figure($"{format}: allocation, the most of any scrape", "B", bytes, Goal.AtMost("≤ 1 kB", bytes[0].Value, MostBytes, "B"));
    }
}
