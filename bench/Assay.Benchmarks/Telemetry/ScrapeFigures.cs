namespace Assay.Benchmarks;

/// <summary>The figures of one page: best time and most bytes, ours against the goal.</summary>
internal static class ScrapeFigures
{
    public const double MostMsForText = 0.5;
    public const double MostMsForOpenMetrics = 1.2;
    private const long MostBytes = 1_000;

    public static IEnumerable<Figure> Of(string what, IReadOnlyList<ScrapeCost> costs, double mostMs)
    {
        yield return new Figure(
            $"{what}, best",
            "ms",
            [.. costs.Select(c => new Reading(c.Who, c.MinMs))],
            Goal.AtMost($"≤ {mostMs} ms", costs[0].MinMs, mostMs, "ms")
        );
        yield return new Figure(
            $"{what}, allocation",
            "B",
            [.. costs.Select(c => new Reading(c.Who, c.Bytes))],
            Goal.AtMost("≤ 1 kB", costs[0].Bytes, MostBytes, "B")
        );
    }
}
