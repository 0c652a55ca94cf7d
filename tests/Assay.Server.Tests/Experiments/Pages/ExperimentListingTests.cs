using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Experiments;
using Assay.Server.Experiments.Pages;

namespace Assay.Server.Tests.Experiments.Pages;

public sealed class ExperimentListingTests
{
    [Fact]
    public void What_wants_a_person_is_on_the_first_page_whatever_its_name()
    {
        var all = Enumerable.Range(0, 30).Select(i => SampleReports.File($"a_{i:00}")).ToList();
        var (harm, done, unknown) = (SampleReports.File("z_harm"), SampleReports.File("z_done"), SampleReports.File("z_unknown"));
        harm.Running = done.Running = unknown.Running = true;
        done.Running = false;
        all.AddRange([harm, done, unknown]);
        ToldReport? Last(ExperimentFile d) =>
            d == unknown ? null : new ToldReport(d, SampleReports.Of(d, d == harm || d == done ? DecidedAction.RollBack : DecidedAction.Continue), null, 0);

        var first = ExperimentListing.PageOf(all, Last, 0).Select(d => d.Name).ToList();
        first.Take(3).ShouldBe(["z_harm", "z_unknown", "a_00"]);
        first.Count.ShouldBe(ExperimentListing.RowsPerPage);
        var second = ExperimentListing.PageOf(all, Last, ExperimentListing.RowsPerPage).Select(d => d.Name).ToList();
        second[^1].ShouldBe("z_done", "what has ended comes last");
        first.Concat(second).Count().ShouldBe(all.Count);
        first.Intersect(second, StringComparer.Ordinal).ShouldBeEmpty();
    }
}
