using System.Globalization;
using Assay.Releases.Canaries;
using Assay.Releases.Tests.Canaries;
using Assay.Releases.Tests.Canaries.Simulations;

namespace Assay.Benchmarks.Canaries;

/// <summary>Error rates of the canary's judge on simulated traffic, beside rules that look at the canary alone.</summary>
internal static class CanaryBench
{
    private const int Canaries = 2_000;
    private const int Seed = 2026;

    private static readonly double[] PerLook = [50, 200, 1_000, 5_000];
    private static readonly decimal[] Shares = [5, 25];

    public static BenchResult Run(TextWriter output)
    {
        var figures = new List<Figure>();
        var tables = new[] { Healthy(output, figures), Risen(output, figures), Others(output, figures), AtMargin(output, figures) };
        Missing(figures);
        return new BenchResult(
            "canary",
            figures,
            [
                $"{Canaries:#,0} simulated canaries a row, 20 looks of one step; control has 19 (at 5 %) or 3 (at 25 %) requests for each of the canary's. 0.5 % of requests fail, durations are log-normal (median 200 ms, σ 0.6), scores normal (0.80 ± 0.15).",
                "Watched: errors (margin 0.5 points, limit 5 %), P95 of durations (margin 20 %), scores (signal, margin 0.03); alpha 0.02 over steps of 5, 25 and 100 %, so 0.01 at each.",
                "The rules beside look at the canary's share of errors at each look alone: beyond 1 % is a failed look; one fails at the first, one at the fifth.",
            ],
            tables
        );
    }

    private static BenchTable Healthy(TextWriter output, List<Figure> figures)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var share in Shares)
        {
            foreach (var n in PerLook)
            {
                var step = CanarySimulation.Run(new SimulatedTraffic(n, share), Canaries, Seed);
                var (first, five) = FixedRules.Run(n, 0.005, Canaries, Seed);
                rows.Add([
                    Row(n, share),
                    Text($"{step.Share:0.0 %}"),
                    Text($"{(double)step.Proven / Canaries:0 %}"),
                    Text($"{first:0 %}"),
                    Text($"{five:0 %}"),
                ]);
                figures.Add(
                    new Figure(
                        $"Healthy canaries rolled back, {n:#,0} requests a look at {share} %",
                        "%",
                        [new Reading("Assay", 100 * step.Share), new Reading("one failed look", 100 * first), new Reading("five failed looks", 100 * five)],
                        Goal.AtMost("≤ 2 %", 100 * step.Share, 2, "%")
                    )
                );
                output.WriteLine("  " + string.Join("  ", rows[^1]));
            }
        }

        return new BenchTable(
            "Healthy canaries: how many were rolled back within 20 looks, and how many proven within every margin.",
            ["requests of the canary a look", "rolled back", "proven", "one failed look", "five failed looks"],
            rows
        );
    }

    private static BenchTable Risen(TextWriter output, List<Figure> figures)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var share in Shares)
        {
            foreach (var n in PerLook)
            {
                var step = CanarySimulation.Run(new SimulatedTraffic(n, share) { ErrorRise = 3 }, Canaries, Seed + 1);
                rows.Add([
                    Row(n, share),
                    Text($"{step.Share:0.0 %}"),
                    step.MedianLook?.ToString(CultureInfo.InvariantCulture) ?? "beyond 20",
                    Text($"{step.Proven}"),
                ]);
                var goal = n >= 200 ? Goal.AtLeast("≥ 98 %", 100 * step.Share, 98, "%") : null;
                figures.Add(
                    new Figure($"Three times the errors found, {n:#,0} requests a look at {share} %", "%", [new Reading("Assay", 100 * step.Share)], goal)
                );
                output.WriteLine("  " + string.Join("  ", rows[^1]));
            }
        }

        return new BenchTable(
            "Canaries with three times the errors (1.5 %): how many were rolled back within 20 looks, when half of all were, and how many were taken for proven.",
            ["requests of the canary a look", "rolled back", "median look", "proven"],
            rows
        );
    }

    // What 50 requests a look can show.
    private static BenchTable Others(TextWriter output, List<Figure> figures)
    {
        (string What, SimulatedTraffic Traffic)[] cases =
        [
            ("errors × 5 (2.5 %)", new SimulatedTraffic(50, 5) { ErrorRise = 5 }),
            ("errors × 10 (5 %)", new SimulatedTraffic(50, 5) { ErrorRise = 10 }),
            ("errors × 40 (20 %)", new SimulatedTraffic(50, 5) { ErrorRise = 40 }),
            ("60 % of requests fail", new SimulatedTraffic(50, 5) { ErrorRise = 120 }),
            ("durations × 1.25", new SimulatedTraffic(50, 5) { LatencyRise = 1.25 }),
            ("durations × 1.5", new SimulatedTraffic(50, 5) { LatencyRise = 1.5 }),
            ("scores 0.05 lower", new SimulatedTraffic(50, 5) { QualityLoss = 0.05 }),
        ];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (what, traffic) in cases)
        {
            var step = CanarySimulation.Run(traffic, Canaries, Seed + 2);
            rows.Add([what, Text($"{step.Share:0.0 %}"), step.MedianLook?.ToString(CultureInfo.InvariantCulture) ?? "beyond 20"]);
            output.WriteLine("  " + string.Join("  ", rows[^1]));
            if (traffic.ErrorRise == 120)
            {
                figures.Add(
                    new Figure(
                        "60 % of requests fail, 50 requests a look at 5 %: median look of the rollback",
                        "look",
                        [new Reading("Assay", step.MedianLook ?? 99)],
                        Goal.AtMost("1", step.MedianLook ?? 99, 1, "look")
                    )
                );
            }
        }

        return new BenchTable("At 50 requests of the canary a look, 5 %: what is found within 20 looks.", ["change", "rolled back", "median look"], rows);
    }

    private static BenchTable AtMargin(TextWriter output, List<Figure> figures)
    {
        (string What, double Errors, double Latency)[] cases = [("errors 1.0 %, control 0.5 %", 2, 1), ("durations × 1.2", 1, 1.2)];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (what, errors, latency) in cases)
        {
            foreach (var n in (double[])[200, 1_000])
            {
                var step = CanarySimulation.Run(new SimulatedTraffic(n, 5) { ErrorRise = errors, LatencyRise = latency }, Canaries, Seed + 3);
                var proven = (double)step.Proven / Canaries;
                rows.Add([$"{what}, {Row(n, 5)}", Text($"{proven:0.0 %}"), Text($"{step.Share:0.0 %}")]);
                figures.Add(
                    new Figure(
                        $"At the margin, taken for proven: {rows[^1][0]}",
                        "%",
                        [new Reading("Assay", 100 * proven)],
                        Goal.AtMost("≤ 5 %", 100 * proven, 5, "%")
                    )
                );
                output.WriteLine("  " + string.Join("  ", rows[^1]));
            }
        }

        return new BenchTable(
            "Canaries that are worse by exactly their margin: how many were taken for proven within 20 looks, and how many rolled back for being worse than control.",
            ["change", "proven", "rolled back"],
            rows
        );
    }

    private static void Missing(List<Figure> figures)
    {
        var plan = CanarySimulation.Plan;
        var healthy = MadeCanary.Healthy(plan);
        var promoted = 0;
        foreach (var metric in plan.Metrics.Where(m => m.IsRequired))
        {
            foreach (
                var gone in (MetricReading[])
                    [new(metric.Name, null, null) { Missing = "no series" }, new(metric.Name, null, null) { Error = "text" }, new(metric.Name, null, null)]
            )
            {
                var reading = healthy with { Metrics = [.. healthy.Metrics.Select(m => m.Metric == metric.Name ? gone : m)] };
                var state = MadeCanary.OnStep(plan);
                for (var look = 0; look < 20 && state.Phase == CanaryPhase.Running && state.Move is null; look++)
                {
                    state = CanaryDecider
                        .Decide(plan, state, reading, new CanaryMoment(MadeCanary.Noon, TimeSpan.FromMinutes(10)) { Traffic = state.Percent })
                        .Next;
                    promoted += state.Move is { Percent: > 5 } ? 1 : 0;
                }
            }
        }

        figures.Add(
            new Figure(
                "Canaries that went on with a required metric missing, unread or left out",
                "canaries",
                [new Reading("Assay", promoted)],
                Goal.AtMost("0", promoted, 0, "canaries")
            )
        );
    }

    private static string Row(double n, decimal share) => Text($"{n:#,0} at {share} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
