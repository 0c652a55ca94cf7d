using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Releases.Tests.Canaries;

/// <summary>The state machine under every sequence of readings, orders and failures of the split.</summary>
public sealed class CanaryPropertyTests
{
    private static readonly CanaryPlan Plan = MadeCanary.Plan(MadeCanary.Yaml.Replace("longestHold: 1h", "longestHold: 1h\n  approvals: 1"));

    // Readings are made once: what varies is their order.
    private static readonly CanaryReading[] Readings =
    [
        MadeCanary.Healthy(Plan),
        MadeCanary.Healthy(Plan, 300),
        MadeCanary.Healthy(Plan, change: (m, r) => m.Name == "errors" ? new MetricReading(m.Name, null, null) { Missing = "gone" } : r),
        MadeCanary.Healthy(Plan, change: (m, r) => m.Name == "latency" ? new MetricReading(m.Name, null, null) { Error = "text" } : r),
        MadeCanary.Healthy(Plan, change: (m, r) => m.Name == "quality" ? r with { Canary = null } : r),
        MadeCanary.Healthy(Plan) with
        {
            Metrics = [],
        },
        MadeCanary.Healthy(Plan, 2_000, (m, r) => m.Name == "errors" ? MadeCanary.Rate("errors", 38_000, 190, 2_000, 80) : r),
        CanaryReading.Failed(Plan, "away"),
    ];

    // A judgement is a function of step and reading, and takes milliseconds: each is made once.
    private static readonly Dictionary<(int Step, int Reading), IReadOnlyList<MetricJudgement>> Judged = (
        from step in Enumerable.Range(0, 2)
        from reading in Enumerable.Range(0, Readings.Length)
        select (step, reading)
    ).ToDictionary(k => k, k => CanaryJudge.Of(Plan, k.step, Readings[k.reading]));

    private static bool IsSeen(int reading) => reading is 0 or 1 or 6;

    [Fact]
    public void No_path_leads_from_a_missing_required_metric_to_more_traffic() =>
        Prop.ForAll(
                Sequences(),
                steps =>
                    Walk(steps)
                        .TrueForAll(w =>
                            w.Decision.Action is not (CanaryAction.Advance or CanaryAction.Promote) || (IsSeen(w.Step.Reading) && w.Step.Reading != 6)
                        )
            )
            .Holds(2_000);

    [Fact]
    public void No_path_leads_from_traffic_that_nobody_can_read_to_more_of_it() =>
        Prop.ForAll(
                Sequences(),
                steps => Walk(steps).TrueForAll(w => w.Decision.Action is not (CanaryAction.Advance or CanaryAction.Promote) || !w.Step.IsUnread)
            )
            .Holds(2_000);

    [Fact]
    public void Traffic_never_grows_after_a_rollback() =>
        Prop.ForAll(
                Sequences(),
                steps =>
                {
                    var walked = Walk(steps);
                    var first = walked.FindIndex(w => w.Decision.Action == CanaryAction.RollBack);
                    return first < 0
                        || walked.Skip(first).Zip(walked.Skip(first + 1)).All(w => w.Second.After.Wanted <= w.First.After.Wanted && w.Second.After.Wanted == 0);
                }
            )
            .Holds(2_000);

    [Fact]
    public void The_same_state_figures_and_time_give_the_same_decision() =>
        Prop.ForAll(Sequences(), steps => Walk(steps).Select(w => Text(w.Decision)).SequenceEqual(Walk(steps).Select(w => Text(w.Decision)))).Holds(300);

    [Fact]
    public void Steps_are_gone_one_by_one_and_each_in_its_least_time() =>
        Prop.ForAll(
                Sequences(),
                steps =>
                    Walk(steps)
                        .TrueForAll(w =>
                            w.Decision.Action is not (CanaryAction.Advance or CanaryAction.Promote)
                            || (w.Decision.Next.Move!.Step == w.Before.Step + 1 && w.Decision.Next.OnStep >= Plan.MinTime)
                        )
            )
            .Holds(2_000);

    private static string Text(CanaryDecision decision) =>
        System.Text.Json.JsonSerializer.Serialize(decision.Next, CanaryJson.Default.CanaryState) + decision.Action + decision.Verdict + decision.Reason;

    private static List<Walked> Walk(Looked[] steps)
    {
        var state = MadeCanary.OnStep(Plan);
        var walked = new List<Walked>();
        foreach (var step in steps)
        {
            var now = MadeCanary.Noon + TimeSpan.FromMinutes(walked.Count);
            var moment = new CanaryMoment(now, TimeSpan.FromSeconds(step.Seconds), step.Approvals) { Traffic = step.IsUnread ? null : state.Percent };
            var decision = CanaryDecider.Decide(Plan, state, Readings[step.Reading], Judged[(Math.Min(state.Step, 1), step.Reading)], moment);
            // A split that fails leaves the move for later.
            var after = step.SplitFails ? decision.Next : CanaryDecider.Confirm(Plan, decision.Next, now);
            walked.Add(new Walked(step, state, decision, after));
            state = after with { Notes = [] };
        }

        return walked;
    }

    private static Arbitrary<Looked[]> Sequences()
    {
        var step =
            from reading in Gen.Frequency((6, Gen.Constant(0)), (5, Gen.Choose(1, Readings.Length - 1)))
            from seconds in Gen.Choose(0, 180)
            from approvals in Gen.Choose(0, 1)
            from fails in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
            from unread in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
            select new Looked(reading, seconds, approvals, fails, unread);
        return (from n in Gen.Choose(1, 40) from steps in step.ArrayOf(n) select steps).ToArbitrary();
    }

    private sealed record Looked(int Reading, int Seconds, int Approvals, bool SplitFails, bool IsUnread);

    private sealed record Walked(Looked Step, CanaryState Before, CanaryDecision Decision, CanaryState After);
}
