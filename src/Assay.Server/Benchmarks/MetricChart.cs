using Assay.Evaluation.Reports;
using Assay.Evaluation.Storing;
using Assay.Server.Surface.Charts;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Benchmarks;

/// <summary>A metric over runs, with the limit and the bands of its gate.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Aside">What a point is.</param>
/// <param name="Says">The chart in a sentence.</param>
/// <param name="Spec">The chart.</param>
internal sealed record MetricChart(string Title, string Aside, string Says, ChartSpec Spec)
{
    /// <summary>The chart; null when fewer than two runs have the metric.</summary>
    public static MetricChart? Of(string metric, ShelvedBenchmark benchmark, Reader reader)
    {
        // Numbers of offline models beside live ones would look like a change.
        var runs = benchmark.Runs.Any(r => !r.Report.Content.IsDryRun) ? benchmark.Runs.Where(r => !r.Report.Content.IsDryRun).ToList() : benchmark.Runs;
        var measured = runs.Select(r => r.Metrics().FirstOrDefault(m => m.Name == metric)).ToList();
        var known = measured.Where(m => m?.Mean is not null).Select(m => m!).ToList();
        if (known.Count < 2)
        {
            return null;
        }

        var gate = runs[^1].Gates().LastOrDefault(g => g.Metric == metric && g.Statistic == "mean");
        var unit = known[^1].Unit;
        var (low, high, step) = Range(known, gate);
        var spec = new ChartSpec
        {
            Unit = MetricFigures.ChartUnit(unit),
            X = new ChartRuns([.. Enumerable.Range(1, measured.Count)], reader.Say("run", "прогон")) { Names = [.. runs.Select(r => Name(r, reader))] },
            Min = low,
            Max = high,
            Step = step,
            Series =
            [
                new(metric, "candidate", [.. measured.Select(m => Rounded(m?.Mean))])
                {
                    Lo = [.. measured.Select(m => Rounded(m?.Interval?.Low ?? m?.Mean))],
                    Hi = [.. measured.Select(m => Rounded(m?.Interval?.High ?? m?.Mean))],
                    Quiet = true,
                },
            ],
            Lines = gate is null ? null : Lines(gate, reader),
            Zones = gate is null ? null : Zones(gate.Threshold, low, high),
        };
        return new MetricChart(
            reader.Say($"{metric} over runs", $"{metric} по прогонам"),
            reader.Say($"mean with 95 % interval, {measured.Count} runs", $"среднее и интервал 95 %, прогонов: {measured.Count}")
                + Limits(gate, reader)
                + (runs.Count < benchmark.Runs.Count ? reader.Say("; without dry runs", "; без пробных") : ""),
            Sentence(metric, known, gate, reader),
            spec
        );
    }

    private static string Sentence(string metric, List<ReportMetric> known, ReportGate? gate, Reader reader)
    {
        var f = reader.Figures;
        var (first, last) = (MetricFigures.Value(known[0].Mean, known[0].Unit, f), MetricFigures.Value(known[^1].Mean, known[^1].Unit, f));
        var limit = gate is null ? "" : reader.Say($"; the limit is {MetricFigures.Limit(gate, f)}", $"; предел {MetricFigures.Limit(gate, f)}");
        return reader.Say(
            $"{metric} over {known.Count} runs, from {first} to {last}{limit}.",
            $"{metric} за прогоны ({known.Count}): от {first} до {last}{limit}."
        );
    }

    // In words too: without script there are no lines.
    private static string Limits(ReportGate? gate, Reader reader)
    {
        if (gate is null)
        {
            return "";
        }

        var limit = MetricFigures.Limit(gate, reader.Figures);
        var warn = gate.Threshold.Warn is { } at ? MetricFigures.Value(at, gate.Unit, reader.Figures) : null;
        return reader.Say($"; limit {limit}", $"; предел {limit}") + (warn is null ? "" : reader.Say($", warning at {warn}", $", предупреждение от {warn}"));
    }

    private static string Name(StoredRun run, Reader reader) =>
        reader.Figures.DayAndClock(run.Timings.StartedAt) + (RunTexts.Label(run) is { } label ? $" ({reader.Say(label)})" : "");

    // The limit is always in sight.
    private static ChartRange Range(List<ReportMetric> known, ReportGate? gate) =>
        ChartRange.Of([
            .. known
                .SelectMany(m => new[] { m.Mean, m.Interval?.Low, m.Interval?.High })
                .Append(gate?.Threshold.Value)
                .Append(gate?.Threshold.Warn)
                .OfType<double>(),
        ]);

    private static List<ChartLine> Lines(ReportGate gate, Reader reader)
    {
        var isFloor = gate.Threshold.Side == ThresholdSide.AtLeast;
        var limit = MetricFigures.Value(gate.Threshold.Value, gate.Unit, reader.Figures);
        var lines = new List<ChartLine>
        {
            new(
                gate.Threshold.Value,
                isFloor ? reader.Say($"fails below {limit}", $"не проходит ниже {limit}") : reader.Say($"fails above {limit}", $"не проходит выше {limit}")
            ),
        };
        if (gate.Threshold.Warn is { } warn)
        {
            var said = MetricFigures.Value(warn, gate.Unit, reader.Figures);
            lines.Add(
                new(
                    warn,
                    isFloor ? reader.Say($"warns below {said}", $"предупреждает ниже {said}") : reader.Say($"warns above {said}", $"предупреждает выше {said}"),
                    "inconclusive"
                )
            );
        }

        return lines;
    }

    private static List<ChartZone> Zones(Threshold threshold, double low, double high)
    {
        var isFloor = threshold.Side == ThresholdSide.AtLeast;
        var zones = new List<ChartZone> { isFloor ? new(low, threshold.Value, "fail") : new(threshold.Value, high, "fail") };
        if (threshold.Warn is { } warn)
        {
            zones.Add(new(Math.Min(warn, threshold.Value), Math.Max(warn, threshold.Value), "inconclusive"));
        }

        return zones;
    }

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, 6) : null;
}
