namespace Assay.Benchmarks.Experiments;

/// <summary>What the embedded store takes in of exposures and outcomes, alone and through the hub, and how long the sums of an experiment and a whole report take.</summary>
internal static class ExperimentBench
{
    private const double LeastEventsPerSecond = 50_000;
    private const double MostSumMs = 2_000;

    public static async Task<BenchResult> RunAsync(TextWriter output)
    {
        UnitStoreCost[] costs =
        [
            await UnitStore.MeasureAsync(new UnitTraffic(units: 1_000_000, outcomes: 9), output),
            await UnitStore.MeasureAsync(new UnitTraffic(units: 5_000_000, outcomes: 1), output),
        ];
        var posted = await UnitPosting.MeasureAsync(output);
        return new BenchResult(
            "experiment",
            [.. costs.SelectMany(Figures), Own("events taken in over HTTP, on disk when acknowledged", "events/s", posted.EventsPerSecond)],
            [
                $"Storing: 4 senders, batches of 1,000 events, units in random order of their hashes; {Micros(costs[0].Append, costs[0]):0.0} and {Micros(costs[1].Append, costs[1]):0.0} µs of processor time for an event, making the batch included. Sums and reports: 5 times, all cores; the bound is that of the slowest.",
                "Whole report: a look as `assay experiment analyze` takes it: sums, health (SRM, imbalance before exposure), guardrails (a mean, a ratio), a rate, a goal adjusted by CUPED, decision; written as Markdown and JSON and remembered. With 5 M units there is the goal alone.",
                $"HTTP: 4 senders in the process of the hub, JSON packed with gzip, 1,000 events a request; {posted.MicrosPerEvent:0.0} µs of processor time for an event, sender and hub together.",
            ]
        );
    }

    private static IEnumerable<Figure> Figures(UnitStoreCost cost)
    {
        var what = $"{cost.Traffic.Units / 1e6:0} M units, {cost.Traffic.Events / 1e6:0} M events";
        var perSecond = cost.Traffic.Events / cost.Append.Seconds;
        var (median, worst) = (cost.Sums[cost.Sums.Count / 2], cost.Sums[^1]);
        yield return Own($"stored, {what}", "events/s", perSecond, Goal.AtLeast("≥ 50,000 events/s", perSecond, LeastEventsPerSecond, "events/s"));
        yield return Own($"sums of a report, {what}, median", "ms", median.Seconds * 1e3, Goal.AtMost("≤ 2 s", worst.Seconds * 1e3, MostSumMs, "ms"));
        yield return Own($"processor time of the same, {what}", "ms", median.ProcessorSeconds * 1e3);
        yield return Report($"whole report, {what}, median", cost.Reports);
        yield return Report($"whole report with a P95, {what}, median", cost.QuantileReports);
        yield return Own($"memory of the process, peak, {what}", "MiB", cost.PeakMiB);
        yield return Own($"file and log for an event, {what}", "B", cost.BytesPerEvent);
    }

    private static Figure Report(string what, IReadOnlyList<Spent> spent) =>
        Own(what, "ms", spent[spent.Count / 2].Seconds * 1e3, Goal.AtMost("≤ 2 s", spent[^1].Seconds * 1e3, MostSumMs, "ms"));

    private static double Micros(Spent spent, UnitStoreCost of) => 1e6 * spent.ProcessorSeconds / of.Traffic.Events;

    private static Figure Own(string what, string unit, double value, Goal? goal = null) => new(what, unit, [new Reading("Assay", value)], goal);
}
