using Assay.Evaluation.Gates;
using Assay.Evaluation.Gates.Learning;

namespace Assay.Evaluation.Tests.Gates.Learning;

public sealed class LearnedThresholdsTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_blessed_run_keeps_the_edge_that_decides_and_leaves_out_what_has_a_baseline()
    {
        var made = Run(0, 0.7);
        var verdict = made.Verdict(
            Mean(0.6),
            new GateEntry
            {
                Metric = "judge",
                Statistic = "difference",
                Margin = 0.1,
            }
        );
        var figure = BlessedRun.Of(verdict, "ann", At).Figures.ShouldHaveSingleItem();
        figure.Gate.ShouldBe("judge mean");
        figure.Edge.ShouldBe(verdict.Gates[0].Interval!.Value.Low!.Value);
        figure.Fingerprint.ShouldBe("fingerprint of judge");
    }

    [Fact]
    public void A_run_like_the_blessed_ones_passes_a_learned_limit_that_is_stricter_than_the_file_and_a_worse_one_does_not()
    {
        var learned = Learn(8);
        var limit = learned.Limits.ShouldHaveSingleItem();
        limit.Limit!.Value.ShouldBeInRange(0.5, 0.7);
        var gates = Apply(learned, Run(99, 0.7)).Gates;
        gates.ShouldHaveSingleItem().AtLeast.ShouldBe(limit.Limit);

        var like = RunVerdict.Of(Run(99, 0.7).Summary, gates);
        like.Verdict.ShouldBe(Verdict.Pass);
        like.Gates[0].Reason.ShouldContain("The limit was learned from 8 blessed runs.");
        RunVerdict.Of(Run(99, 0.45).Summary, gates).Verdict.ShouldBe(Verdict.Fail);
        RunVerdict.Of(Run(99, 0.45).Summary, [Mean(0.3)]).Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public void A_learned_limit_never_loosens_a_gate_and_holds_for_no_other_cases_metric_or_kind_of_run()
    {
        var learned = Learn(8);
        Apply(learned, Run(99, 0.7), Mean(0.69)).Gates.ShouldHaveSingleItem().AtLeast.ShouldBe(0.69);
        Apply(learned, Run(99, 0.7, dataset: 'b')).Gates.ShouldHaveSingleItem().AtLeast.ShouldBe(0.3);
        Apply(learned, Run(99, 0.7, dataset: 'b')).Unused!.ShouldContain("other cases");
        Apply(learned, Run(99, 0.7, dry: true)).Gates.ShouldHaveSingleItem().AtLeast.ShouldBe(0.3);
        Apply(learned with { Limits = [learned.Limits[0] with { Fingerprint = "another judge" }] }, Run(99, 0.7)).Gates[0].AtLeast.ShouldBe(0.3);
        Apply(null, Run(99, 0.7)).Gates.ShouldHaveSingleItem().AtLeast.ShouldBe(0.3);
    }

    [Fact]
    public void A_warning_band_on_the_bad_side_of_the_learned_limit_is_gone_and_another_stays()
    {
        var limit = new LearnedLimit("judge mean", ThresholdSide.AtLeast, 0.6, 5, "");
        new GateEntry { AtLeast = 0.5, Warn = 0.55 }
            .With(limit)
            .Warn.ShouldBeNull();
        new GateEntry { AtLeast = 0.5, Warn = 0.65 }
            .With(limit)
            .Warn.ShouldBe(0.65);
    }

    [Fact]
    public void Runs_on_other_cases_than_the_newest_are_left_out_and_counted()
    {
        List<BlessedRun> history = [.. History(3, dataset: 'b'), .. History(6)];
        var learned = LearnedBenchmark.Of([Mean(0.3)], history, [], At);
        learned.Runs.Count.ShouldBe(6);
        learned.Unlike.ShouldBe(3);
        learned.Limits[0].Runs.ShouldBe(6);
    }

    [Fact]
    public void Several_gates_share_the_5_percent()
    {
        var one = LearnedBenchmark.Of([Mean(0.3)], History(8), [], At).Limits[0];
        var several = LearnedBenchmark
            .Of(
                [
                    Mean(0.3),
                    new()
                    {
                        Metric = "judge",
                        Statistic = "p50",
                        AtLeast = 0.1,
                    },
                ],
                History(8),
                [],
                At
            )
            .Limits[0];
        one.Confidence.ShouldBe(0.95, 1e-12);
        several.Confidence.ShouldBe(0.975, 1e-12);
        several.Limit!.Value.ShouldBeLessThan(one.Limit!.Value);
    }

    [Fact]
    public void What_was_learned_is_read_back_and_other_benchmarks_stay()
    {
        var learned = Learn(8);
        LearnedThresholds.Save(folder.Path, "one", learned);
        LearnedThresholds.Save(folder.Path, "two", learned with { Limits = [] });
        LearnedThresholds.Find(folder.Path, "one")!.Limits.ShouldBe(learned.Limits);
        LearnedThresholds.Find(folder.Path, "two")!.Limits.ShouldBeEmpty();
        LearnedThresholds.Find(folder.Path, "three").ShouldBeNull();
        folder.Write(LearnedThresholds.FileName, "{\"benchmarks\": {\"one\": {\"limit\": 1}}}");
        Should.Throw<AssayException>(() => LearnedThresholds.Find(folder.Path, "one")).ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Fact]
    public void The_history_has_a_line_a_run_once_each_and_names_a_damaged_line()
    {
        var path = BlessedHistory.PathOf(folder.Path, "made");
        BlessedHistory.Read(path).ShouldBeEmpty();
        foreach (var run in History(3).Append(History(1)[0]))
        {
            BlessedHistory.Add(path, run);
        }

        BlessedHistory.Read(path).Select(run => run.Run).ShouldBe(["run1", "run2", "run0"]);
        File.AppendAllText(path, "{\"run\": 1}\n");
        Should.Throw<AssayException>(() => BlessedHistory.Read(path)).Message.ShouldContain(".history.jsonl:4:");
    }

    [Fact]
    public void The_history_is_bounded()
    {
        var path = BlessedHistory.PathOf(folder.Path, "made");
        var run = History(1)[0];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        BlessedHistory.Add(path, run);
        var line = File.ReadAllText(path);
        File.WriteAllText(
            path,
            string.Concat(Enumerable.Range(0, BlessedHistory.MostRuns).Select(i => line.Replace("run0", $"old{i}", StringComparison.Ordinal)))
        );
        BlessedHistory.Add(path, run);
        var kept = BlessedHistory.Read(path);
        kept.Count.ShouldBe(BlessedHistory.MostRuns);
        kept[0].Run.ShouldBe("old1");
        kept[^1].Run.ShouldBe("run0");
    }

    private static LearnedBenchmark Learn(int runs) => LearnedBenchmark.Of([Mean(0.3)], History(runs), [], At);

    private static AppliedLimits Apply(LearnedBenchmark? learned, MadeRun run, GateEntry? gate = null) =>
        LearnedThresholds.Apply([gate ?? Mean(0.3)], learned, run.Plan.Content);

    private static List<BlessedRun> History(int runs, char dataset = 'a') =>
        [.. Enumerable.Range(0, runs).Select(i => BlessedRun.Of(Run(i, 0.7, dataset).Verdict(Mean(0.3)), "ann", At))];

    private static GateEntry Mean(double least) => new() { Metric = "judge", AtLeast = least };

    // 60 cases around a level; what differs from run to run is a little noise of each case.
    private static MadeRun Run(int number, double level, char dataset = 'a', bool dry = false)
    {
        var random = new Random(1_000 + number);
        return new MadeRun("judge")
        {
            Run = $"run{number}",
            DatasetHash = new string(dataset, 64),
            IsDryRun = dry,
        }.Cases(Enumerable.Range(0, 60).Select(i => Math.Clamp(level + (0.2 * Math.Sin(i)) + (0.1 * (random.NextDouble() - 0.5)), 0, 1)));
    }
}
