using Assay.Evaluation.Tests.Gates.Simulations;

namespace Assay.Benchmarks.Gates;

/// <summary>How often gates of benchmarks are wrong, and how often they decide where they announced to.</summary>
internal static class GatesBench
{
    private const long Seed = 20_261;
    private const int Runs = 4_000;
    private const int PlannedRuns = 1_000;

    private static readonly int[] Cases = [30, 100, 300];
    private static readonly int[] Clusters = [15, 20, 40];

    // How far the truth lies on the good side in the study of announced sizes, in the order of GateWorld.All.
    private static readonly double[] Distances = [0.04, 0.02, 0.03, 0.04, 0.025, 0.04, 0.03, 0.02, 0.02];

    public static BenchResult Run(TextWriter output)
    {
        var atLimit = new GateShares[GateWorld.All.Length, Cases.Length + Clusters.Length];
        Parallel.For(0, atLimit.Length, i => atLimit[i / 6, i % 6] = AtLimit(GateWorld.All[i / 6], i % 6));
        var planned = new (GateAnnouncement Independent, GateAnnouncement Clustered, GateAnnouncement Filled)[GateWorld.All.Length];
        Parallel.For(0, planned.Length, i => planned[i] = Planned(GateWorld.All[i], Distances[i]));
        BenchTable[] tables =
        [
            Table("How often a gate **passes though the truth lies exactly at its limit**.", atLimit, s => s.Passed),
            Table("How often it **fails** there.", atLimit, s => s.Failed),
            Announced(planned),
        ];
        foreach (var table in tables)
        {
            output.WriteLine(table.Title);
            table.Rows.ToList().ForEach(r => output.WriteLine("  " + string.Join("  ", r)));
        }

        var cells = atLimit.Cast<GateShares>().ToList();
        var differences = GateWorld.All.Where(w => w.Name.StartsWith("difference", StringComparison.Ordinal)).ToList();
        var equal = differences.Max(w => GateStudy.Decide(w, r => w.Draw(r, 0.03, 100), Runs, Seed).Failed);
        // The worst of 54 cells is above its expectation by chance alone: three standard errors of one cell are allowed.
        var most = 5 + (300 * Math.Sqrt(0.05 * 0.95 / Runs));
        return new(
            "gates",
            [
                Share("false passes at the limit, worst of 54 cells", cells.Max(c => c.Passed), $"≤ 5 % (+ {most - 5:0.0} by chance)", most),
                Share("false fails at the limit, worst of 54 cells", cells.Max(c => c.Failed), $"≤ 5 % (+ {most - 5:0.0} by chance)", most),
                Share("false fails of an equal candidate (A/A), margin 0.03, 100 cases, worst of 3", equal, "≤ 5 %", 5),
                Decided("decided at the announced size, independent cases, worst of 9", planned.Min(p => p.Independent.Decided)),
                Decided("decided at the announced size, clusters of 1 to 9, worst of 9", planned.Min(p => p.Clustered.Decided)),
            ],
            [$"Seed {Seed}, {Runs:N0} runs a cell, {PlannedRuns:N0} for announced sizes (chance: ±1.3 points). Clusters hold 1 to 9 cases, 5 on average."],
            tables
        );
    }

    private static GateShares AtLimit(GateWorld world, int column) =>
        column < Cases.Length
            ? GateStudy.Decide(world, r => world.Draw(r, 0, Cases[column]), Runs, Seed + column)
            : GateStudy.Decide(world, r => world.DrawClusters(r, 0, Clusters[column - Cases.Length]), Runs, Seed + column);

    private static (GateAnnouncement Independent, GateAnnouncement Clustered, GateAnnouncement Filled) Planned(GateWorld world, double distance) =>
        (
            GateStudy.Announce(world, distance, 200, isClustered: false, PlannedRuns, Seed),
            GateStudy.Announce(world, distance, 200, isClustered: true, PlannedRuns, Seed),
            GateStudy.FillUp(world, distance, 60, PlannedRuns, Seed)
        );

    private static BenchTable Table(string title, GateShares[,] cells, Func<GateShares, double> share) =>
        new(
            title,
            ["", .. Cases.Select(n => $"{n} cases"), .. Clusters.Select(n => $"{n} clusters")],
            [.. GateWorld.All.Select((w, row) => (IReadOnlyList<string>)[w.Name, .. Enumerable.Range(0, 6).Select(c => Percent(share(cells[row, c])))])]
        );

    private static BenchTable Announced((GateAnnouncement Independent, GateAnnouncement Clustered, GateAnnouncement Filled)[] planned) =>
        new(
            "How many cases the plan announces for 80 % when the truth lies at this distance (spread from a pilot of 200 cases), and the share of fresh runs of "
                + "that size that are decided. Last: the gate announces from an undecided pilot of 60 cases by its own figure, and the run is filled up to that.",
            ["", "distance", "cases", "decided", "in clusters", "decided", "own figure", "decided"],
            [
                .. GateWorld.All.Select(
                    (w, i) =>
                        (IReadOnlyList<string>)
                            [
                                w.Name,
                                Distances[i].ToString("0.000"),
                                planned[i].Independent.Cases.ToString("N0"),
                                Percent(planned[i].Independent.Decided),
                                planned[i].Clustered.Cases.ToString("N0"),
                                Percent(planned[i].Clustered.Decided),
                                planned[i].Filled.Cases.ToString("N0"),
                                Percent(planned[i].Filled.Decided),
                            ]
                ),
            ]
        );

    private static Figure Share(string what, double share, string goal, double most) =>
        new(what, "%", [new Reading("Assay", share * 100)], Goal.AtMost(goal, share * 100, most, "%"));

    private static Figure Decided(string what, double share) =>
        new(what, "%", [new Reading("Assay", share * 100)], Goal.AtLeast("≥ 75 %", share * 100, 75, "%"));

    private static string Percent(double share) => $"{share * 100:0.0} %";
}
