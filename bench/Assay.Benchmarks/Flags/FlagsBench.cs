using System.Diagnostics;
using System.Globalization;
using Assay.Experimentation.Assignment;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Flags;
using Assay.Flags;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Assay.Benchmarks.Flags;

/// <summary>
/// What asking a flag costs, beside Microsoft.FeatureManagement on the same flags, how long many flags take to load, whether assignment is fair, and how soon
/// a kill is everywhere.
/// </summary>
internal static class FlagsBench
{
    /// <summary>Plain flags among which one is asked for.</summary>
    public const int Flags = 100;

    /// <summary>The flag with a group and a percentage.</summary>
    public const string Targeted = "targeted";

    private const int Repeats = 100_000;
    private const int Loaded = 10_000;
    private const int Salts = 1000;
    private const int Ids = 10_000;
    private const int Units = 1024;

    private static long sink;

    // The goal of the kill switch: whoever throws it may count on it a second later.
    private const double MostKillMs = 1_000;

    public static async Task<BenchResult> RunAsync(TextWriter output)
    {
        var figures = new List<Figure>();
        figures.AddRange(Asking(output));
        figures.Add(Loading(output));
        figures.AddRange(Fairness(output));
        figures.AddRange(Killing(await KillSwitch.MeasureAsync(output)));
        return new BenchResult(
            "flags",
            figures,
            [
                $"Microsoft.FeatureManagement {FeatureManagementPeer.Version}, registered with `AddFeatureManagement` on a configuration in memory; {Flags + 1} flags in both.",
                "Targeting and percentage: the group `staff` gets the flag, everybody else 20 %; the units asked for are in another group, so that both are looked at.",
                $"Fairness: {Salts:#,0} experiments with salts of their own, alternately two arms (50/50) and three (60/30/10), {Ids:#,0} ids; evenness of draws, weights of arms, independence of traffic and arm, independence of neighbours, by χ² and corrected by Holm's method; ramps of 1, 5, 20, 50 and 100 %.",
                $"Kill switch: the hub in a process of its own with {KillSwitch.Flags} flags; {KillSwitch.Services} services of the client library in the process of the bench, each with a stream over HTTP, each asked about every millisecond; {KillSwitch.Kills} kills, each undone before the next. The acknowledgement says that the kill is on disk; a service that was off before it came counts as 0 ms.",
            ]
        );
    }

    private static IEnumerable<Figure> Asking(TextWriter output)
    {
        var snapshot = new Snapshot(FlagSet.Build(Files(), []), ExperimentSet.Build([Experiment()]), "");
        var reader = new FlagReader(() => snapshot);
        var peer = new FeatureManagementPeer();
        var attributes = new UnitAttributes(new UnitAttribute("group", ["guests"]));
        var units = Enumerable.Range(0, Units).Select(i => new Unit($"user-{i}", attributes)).ToArray();
        var contexts = units.Select(u => new TargetingContext { UserId = u.Key, Groups = ["guests"] }).ToArray();
        var draw = new Draw(DrawPurpose.Rollout, "salt");
        CheckEqualWork(reader, peer, units, contexts);
        var costs = Rounds.Measure(
            40,
            Repeats,
            new Contender("Assay, on or off", n => Ask(n, reader, "flag-17", units)),
            new Contender("Microsoft.FeatureManagement, on or off", n => Ask(n, peer, "flag-17")),
            new Contender("Assay, targeting and percentage", n => Ask(n, reader, Targeted, units)),
            new Contender("Microsoft.FeatureManagement, the same", n => Ask(n, peer, Targeted, contexts)),
            new Contender("hash of a unit", n => Hash(n, draw, units)),
            new Contender("arm of an experiment", n => Assign(n, snapshot.Experiments, units))
        );
        Rounds.Print(output, "flags", costs);
        yield return Beside("A flag that is on or off", costs[0], costs[1], Goal.AtMost("≤ 15 ns", costs[0].Ns, 15, "ns"));
        yield return Allocation("The same, allocation", costs[0], costs[1]);
        yield return Beside("A group, then a percentage", costs[2], costs[3], Goal.AtMost("≤ 60 ns", costs[2].Ns, 60, "ns"));
        yield return Allocation("The same, allocation", costs[2], costs[3]);
        yield return new Figure("Hash of a unit's key", "ns", [new Reading("Assay", costs[4].Ns)], Goal.AtMost("≤ 20 ns", costs[4].Ns, 20, "ns"));
        yield return new Figure("Arm of an experiment of two arms", "ns", [new Reading("Assay", costs[5].Ns)]);
    }

    /// <summary>Both give the flag to about a fifth of the units, and to whoever is in the group.</summary>
    private static void CheckEqualWork(FlagReader reader, FeatureManagementPeer peer, Unit[] units, TargetingContext[] contexts)
    {
        var ours = units.Count(u => reader.IsEnabled(Targeted, in u));
        var theirs = contexts.Count(c => peer.IsEnabled(Targeted, c));
        var staff = peer.IsEnabled(Targeted, new TargetingContext { UserId = "x", Groups = ["staff"] });
        var ourStaff = reader.IsEnabled(Targeted, new Unit("x", new UnitAttributes(new UnitAttribute("group", ["staff"]))));
        if (
            !staff
            || !ourStaff
            || ours is < Units / 8 or > Units / 3
            || theirs is < Units / 8 or > Units / 3
            || !peer.IsEnabled("flag-17")
            || !reader.IsEnabled("flag-17", "x")
        )
        {
            throw new InvalidOperationException($"The contenders do not do the same: {ours} and {theirs} of {Units} units.");
        }
    }

    private static Figure Loading(TextWriter output)
    {
        var json = new Snapshot(FlagSet.Build(ManyFiles(), []), ExperimentSet.Empty, "").ToJson();
        var best = double.PositiveInfinity;
        for (var i = 0; i < 20; i++)
        {
            var started = Stopwatch.GetTimestamp();
            sink += Snapshot.FromJson(json.Span).Flags.All.Count;
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Loaded:#,0} flags, {json.Length / 1e6:0.0} MB: {best:0.0} ms"));
        return new Figure(
            string.Create(CultureInfo.InvariantCulture, $"{Loaded:#,0} flags with a rule and a rollout each, from {json.Length / 1e6:0.0} MB of JSON"),
            "ms",
            [new Reading("Assay", best)],
            Goal.AtMost("≤ 50 ms", best, 50, "ms")
        );
    }

    private static IEnumerable<Figure> Fairness(TextWriter output)
    {
        var audit = new BucketingAudit(GeneratedExperiments.Of(Salts));
        for (var i = 0; i < Ids; i++)
        {
            audit.Add(string.Create(CultureInfo.InvariantCulture, $"user-{i}"));
        }

        var report = audit.Report(0.001);
        output.WriteLine(report.Summary);
        var rejected = report.Findings.Count;
        yield return new Figure(
            $"{report.Tests:#,0} tests of {Salts:#,0} salts that fail at a family-wise 0.001",
            "tests",
            [new Reading("Assay", rejected)],
            Goal.AtMost("0", rejected, 0, "tests")
        );
        var moved = report.Dropped + report.Switched;
        yield return new Figure(
            $"Units dropped or moved to another arm on {Salts:#,0} ramps",
            "units",
            [new Reading("Assay", moved)],
            Goal.AtMost("0", moved, 0, "units")
        );
    }

    private static IEnumerable<Figure> Killing(KillSwitchTimes times)
    {
        yield return Kill($"Kill acknowledged to off, {KillSwitch.Services} services, median", times.AfterAcknowledged(0.5));
        yield return Kill("The same, 99th percentile", times.AfterAcknowledged(0.99));
        var worst = times.AfterAcknowledged(1);
        yield return Kill("The same, longest", worst, Goal.AtMost("≤ 1 s", worst, MostKillMs, "ms"));
        yield return Kill("Kill sent to off, median", times.AfterSent(0.5));
        yield return Kill("The same, longest", times.AfterSent(1));
        yield return Kill("Kill sent to acknowledged, on disk, median", times.Acknowledged);
    }

    private static Figure Kill(string what, double ms, Goal? goal = null) => new(what, "ms", [new Reading("Assay", ms)], goal);

    private static Figure Beside(string what, Cost ours, Cost theirs, Goal goal) =>
        new(what, "ns", [new Reading("Assay", ours.Ns), new Reading("Microsoft.FeatureManagement", theirs.Ns)], goal);

    private static Figure Allocation(string what, Cost ours, Cost theirs) =>
        new(what, "B", [new Reading("Assay", ours.Bytes), new Reading("Microsoft.FeatureManagement", theirs.Bytes)], Goal.AtMost("0 B", ours.Bytes, 0, "B"));

    private static void Ask(int times, FlagReader reader, string flag, Unit[] units)
    {
        for (var i = 0; i < times; i++)
        {
            sink += reader.IsEnabled(flag, in units[i & (Units - 1)]) ? 1 : 0;
        }
    }

    private static void Ask(int times, FeatureManagementPeer peer, string flag)
    {
        for (var i = 0; i < times; i++)
        {
            sink += peer.IsEnabled(flag) ? 1 : 0;
        }
    }

    private static void Ask(int times, FeatureManagementPeer peer, string flag, TargetingContext[] contexts)
    {
        for (var i = 0; i < times; i++)
        {
            sink += peer.IsEnabled(flag, contexts[i & (Units - 1)]) ? 1 : 0;
        }
    }

    private static void Hash(int times, Draw draw, Unit[] units)
    {
        for (var i = 0; i < times; i++)
        {
            sink += draw.Position(units[i & (Units - 1)].Key);
        }
    }

    private static void Assign(int times, ExperimentSet experiments, Unit[] units)
    {
        for (var i = 0; i < times; i++)
        {
            sink += experiments.Arm("test", in units[i & (Units - 1)])!.Length;
        }
    }

    private static IEnumerable<FlagFile> Files() =>
        Enumerable
            .Range(0, Flags)
            .Select(i => new FlagFile { Name = $"flag-{i}", Default = "on" })
            .Append(
                new FlagFile
                {
                    Name = Targeted,
                    Rules = [new RuleEntry { If = [new ConditionEntry { Attribute = "group", Values = ["staff"] }], Serve = "on" }],
                    Rollout = new() { ["on"] = 20 },
                }
            );

    private static IEnumerable<FlagFile> ManyFiles() =>
        Enumerable
            .Range(0, Loaded)
            .Select(i => new FlagFile
            {
                Name = $"team-{i % 100}.feature-{i}",
                Description = "Whether the answers of the new pipeline are shown",
                Owner = $"team-{i % 100}",
                Rules =
                [
                    new RuleEntry
                    {
                        Name = "staff",
                        If = [new ConditionEntry { Attribute = "group", Values = ["staff", "beta"] }],
                        Serve = "on",
                    },
                ],
                Rollout = new() { ["on"] = i % 100 },
            });

    private static ExperimentFile Experiment() =>
        new()
        {
            Name = "test",
            Traffic = 100,
            Variants = [new ArmEntry { Name = "control", Weight = 50 }, new ArmEntry { Name = "new", Weight = 50 }],
        };
}
