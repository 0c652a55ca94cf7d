using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Rehearsals;
using static Assay.Releases.Tests.Rehearsals.MadeRehearsal;

namespace Assay.Releases.Tests.Rehearsals;

public sealed class RehearsalResultTests
{
    private static readonly RehearsalMeasures Whole = Measures(
        Look(-2, Verdict.Inconclusive, Errors(0, by: null)),
        Look(2, Verdict.Inconclusive, Errors(9, by: null)),
        Look(4, Verdict.Fail, Errors(18, MetricBreak.Comparison))
    );

    [Fact]
    public void Found_and_restored_in_time_is_a_pass()
    {
        var judgement = RehearsalJudgement.Of(Whole, Budget);
        judgement.Verdict.ShouldBe(Verdict.Pass);
        judgement.Reason.ShouldBe("Found after 4.0 s of 15.0 s, all well after 5.0 s of 20.0 s.");
    }

    [Theory]
    [InlineData(3, 20, "(1.0 s too late), all well after 5.0 s of 20.0 s.")]
    [InlineData(15, 4.5, "all well after 5.0 s of 4.5 s (0.5 s too late).")]
    public void Over_its_budget_it_fails_and_says_by_how_much(double detect, double restore, string ending)
    {
        var judgement = RehearsalJudgement.Of(Whole, new RehearsalBudget(TimeSpan.FromSeconds(detect), TimeSpan.FromSeconds(restore)));
        judgement.Verdict.ShouldBe(Verdict.Fail);
        judgement.Reason.ShouldEndWith(ending);
    }

    [Fact]
    public void Exactly_at_its_budget_it_is_kept() =>
        RehearsalJudgement.Of(Whole, new RehearsalBudget(TimeSpan.FromSeconds(4.04), TimeSpan.FromSeconds(5))).Verdict.ShouldBe(Verdict.Pass);

    [Fact]
    public void What_nobody_found_what_was_not_restored_and_what_was_rolled_back_before_fail()
    {
        var (missed, hurt, early) = (
            RehearsalJudgement.Of(Whole with { Detect = null, Restore = null }, Budget),
            RehearsalJudgement.Of(Whole with { Restore = null }, Budget),
            RehearsalJudgement.Of(Whole with { RolledBackBefore = "latency p95: slow." }, Budget)
        );
        new[] { missed, hurt, early }.ShouldAllBe(j => j.Verdict == Verdict.Fail);
        missed.Reason.ShouldStartWith("Nobody found it");
        hurt.Reason.ShouldBe("Found after 4.0 s, but questions are not answered well again.");
        early.Reason.ShouldBe("The candidate was rolled back before anything was wrong with it: latency p95: slow.");
    }

    [Fact]
    public void A_result_tells_what_found_it_at_which_look_and_who_was_hurt()
    {
        var result = RehearsalResult.Of(Scenario("error_spike"), 1, Budget, Whole);
        result.FoundBy.ShouldBe([new RehearsalFinding("errors", MetricBreak.Comparison)]);
        (result.LooksBefore, result.LooksAfter).ShouldBe((1, 2));
        (result.DetectSeconds, result.RestoreSeconds).ShouldBe((4.04, 5));
        result.Facts.ShouldBe([
            "It was found by errors, compared with control, at look 2 after the fault, with 100 requests of the candidate on its step.",
            "21 of the candidate's 70 questions were hurt from the fault until all was well, and 1 of control's 230.",
            "Limits on the candidate's own figures, without control, were passed at the same look.",
            "Before the fault 1 look at the healthy candidate took nothing back.",
        ]);
    }

    [Fact]
    public void What_is_told_alone_or_did_not_break_found_nothing() =>
        RehearsalFinding
            .Of(
                Look(
                    2,
                    Verdict.Fail,
                    Errors(50, MetricBreak.GrossFailure),
                    Errors(0, by: null),
                    Probe("ready", MetricBreak.Probe) with
                    {
                        Role = CanaryRole.Info,
                    }
                )
            )
            .ShouldBe([new RehearsalFinding("errors", MetricBreak.GrossFailure)]);

    [Fact]
    public void Limits_that_were_passed_earlier_or_not_at_all_are_told()
    {
        var early = Measures(Look(2, Verdict.Inconclusive, Errors(11, by: null)), Look(4, Verdict.Fail, Errors(18, MetricBreak.Comparison)));
        RehearsalLessons.Of(Scenario("error_spike"), early).ShouldContain(f => f.Contains("passed 1 look earlier"));
        var never = Measures(Look(4, Verdict.Fail, Errors(9, MetricBreak.Comparison)));
        RehearsalLessons.Of(Scenario("error_spike"), never).ShouldContain(f => f.Contains("had not been passed"));
    }

    [Fact]
    public void A_leak_that_its_probe_finds_is_told_from_one_that_users_find()
    {
        var byProbe = Measures(Look(4, Verdict.Fail, Probe("memory", MetricBreak.Probe))) with { Found = new AskedQuestions(100, 30, 0, 0) };
        RehearsalLessons
            .Of(Scenario("memory_leak"), byProbe)
            .ShouldContain("No question had failed when the rollback was decided: memory tells before users do.");
        RehearsalResult.Of(Scenario("memory_leak"), 1, Budget, byProbe).FoundBy.ShouldBe([new RehearsalFinding("memory", MetricBreak.Probe)]);
        var byErrors = Measures(Look(4, Verdict.Fail, Errors(60, MetricBreak.Comparison)));
        RehearsalLessons.Of(Scenario("memory_leak"), byErrors).ShouldContain("18 questions had failed when the rollback was decided.");
    }

    [Fact]
    public void Found_by_another_metric_than_expected_is_worth_a_question() =>
        RehearsalLessons
            .Of(Scenario("health_check_failure"), Measures(Look(4, Verdict.Fail, Errors(60, MetricBreak.Comparison))))
            .ShouldContain("It was expected to be found by ready: ask why that was slower.");

    [Fact]
    public void All_must_pass_and_nothing_is_no_pass()
    {
        var pass = RehearsalResult.Of(Scenario("error_spike"), 1, Budget, Whole);
        var fail = RehearsalResult.Of(Scenario("memory_leak"), 1, Budget, Whole with { Detect = null });
        RehearsalReport.Of("1.0.0", Fault, [pass, pass]).Verdict.ShouldBe(Verdict.Pass);
        RehearsalReport.Of("1.0.0", Fault, [pass, fail]).Verdict.ShouldBe(Verdict.Fail);
        RehearsalReport.Of("1.0.0", Fault, []).Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void A_page_for_a_review_has_every_scenario_and_lets_no_lesson_break_it()
    {
        var result = RehearsalResult.Of(Scenario("error_spike"), 1, Budget, Whole) with { Lessons = ["a | b <script>\nnext"] };
        var page = RehearsalMarkdown.Text(RehearsalReport.Of("1.0.0", Fault, [result]));
        page.ShouldStartWith("# Rehearsals of the rollback\n\n1 of 1 kept their budget. Assay 1.0.0, 2026-11-22 10:00Z.\n");
        page.ShouldContain("| error_spike | pass | 4.0 s | 5.0 s | 15.0 s / 20.0 s | errors |");
        page.ShouldContain("> Rolled back. errors: Proven worse than control.");
        page.ShouldContain("- a \\| b &lt;script> next\n");
    }
}
