using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Analysis.Health;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Reports;
using Assay.Stores;
using static Assay.Experimentation.Tests.Analysis.MadeExperiment;

namespace Assay.Experimentation.Tests.Analysis;

/// <summary>What retention has deleted, on data that would otherwise be a clear winner.</summary>
public sealed class DeletionTests
{
    private const int Units = 4000;

    private static readonly DateTimeOffset Kept = Start.AddDays(5);

    [Fact]
    public void An_experiment_that_began_before_events_were_deleted_is_not_decided_and_says_since_when()
    {
        var first = Look(Left(Start), [], Start.AddDays(4));
        first.Decision.Action.ShouldBe(DecidedAction.Ship);

        var later = Look(Left(Kept.AddHours(30)) with { KeptFrom = Kept }, first.Looks, Now);

        Refused(later).ShouldContain("It began on 2026-03-02 00:00 UTC, and events before 2026-03-07 00:00 UTC were deleted");
        (later.Began, later.First, later.KeptFrom).ShouldBe((Start, Kept.AddHours(30), Kept));
        ExperimentMarkdown.Text(later).ShouldContain("events deleted: It began on 2026-03-02");
    }

    [Fact]
    public void A_look_of_an_older_version_proves_that_there_were_units()
    {
        var first = Look(Left(Start), [], Start.AddDays(4)).Looks.Select(l => l with { First = null }).ToList();

        Refused(Look(Left(Kept.AddDays(2)) with { KeptFrom = Kept }, first, Now)).ShouldContain("It began on 2026-03-06 00:00 UTC");
    }

    [Fact]
    public void When_all_of_it_was_deleted_nobody_says_that_there_were_no_units()
    {
        var first = Look(Left(Start), [], Start.AddDays(4));

        var report = Look(new ExperimentSums([]) { KeptFrom = Kept }, first.Looks, Now);

        Refused(report).ShouldContain("It began on");
        report.Decision.Reason.ShouldNotContain("No unit was exposed yet");
    }

    [Fact]
    public void Exposures_that_begin_right_where_the_deletion_ends_most_likely_began_before()
    {
        // 8,000 units in 8 days: one in a minute and a half, and 20 times as long is half an hour.
        Refused(Look(Left(Kept.AddMinutes(25)) with { KeptFrom = Kept }, [], Now)).ShouldContain("came right after it, on 2026-03-07 00:25 UTC");
        Look(Left(Kept.AddMinutes(40)) with { KeptFrom = Kept }, [], Now).Decision.Action.ShouldBe(DecidedAction.Ship);
    }

    [Fact]
    public void How_it_stood_before_the_deletion_can_no_longer_be_told() =>
        Refused(Look(new ExperimentSums([]) { KeptFrom = Kept }, [], Kept.AddDays(-1)))
            .ShouldContain("how it stood on 2026-03-06 00:00 UTC can no longer be told");

    [Fact]
    public void An_experiment_that_began_after_it_is_decided_and_the_check_is_fine()
    {
        var first = Look(Left(Kept.AddDays(1)) with { KeptFrom = Kept }, [], Kept.AddDays(4));
        var report = Look(Left(Kept.AddDays(1)) with { KeptFrom = Kept.AddHours(2) }, first.Looks, Now);

        report.Decision.Action.ShouldBe(DecidedAction.Ship);
        var check = report.Health.Single(h => h.Fault == HealthFault.Deleted);
        check.State.ShouldBe(HealthState.Fine);
        check.Text.ShouldBe("Events are kept since 2026-03-07 02:00 UTC; it began on 2026-03-08 00:00 UTC.");
    }

    [Fact]
    public void Before_the_first_unit_nothing_is_missing() =>
        Look(new ExperimentSums([]) { KeptFrom = Kept }, [], Now).Decision.Cause.ShouldBe(DecisionCause.NoUnits);

    [Fact]
    public void Where_nothing_was_ever_deleted_there_is_no_check() => Look(Left(Start), [], Now).Health.ShouldNotContain(h => h.Fault == HealthFault.Deleted);

    private static ExperimentReport Look(ExperimentSums sums, IReadOnlyList<ExperimentLook> past, DateTimeOffset now) =>
        ExperimentAnalysis.Of(Of(Goal("score")), sums, past, now);

    private static ExperimentSums Left(DateTimeOffset first) => Sums(Made("control", 1, 0.7), Made("treatment", 2, 0.8)) with { First = first };

    private static VariantSums Made(string arm, int seed, double mean) => Arm(arm, Units, Values("score", Units, Normal(seed, Units, mean, 0.2)));

    private static string Refused(ExperimentReport report)
    {
        (report.Decision.Action, report.Decision.Cause, report.Verdict).ShouldBe((DecidedAction.Review, DecisionCause.Unhealthy, Verdict.Inconclusive));
        report.Health[0].Fault.ShouldBe(HealthFault.Deleted);
        report.Health[0].Text.ShouldContain("Raise the version to begin anew");
        report.Decision.Reason.ShouldContain(report.Health[0].Text);
        return report.Health[0].Text;
    }
}
