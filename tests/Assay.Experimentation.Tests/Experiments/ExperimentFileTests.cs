using System.Text;
using Assay.Catalogs;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Flags;

namespace Assay.Experimentation.Tests.Experiments;

/// <summary>A file that is half written, or has a number that is none, is read or refused with its line; nothing else happens.</summary>
public sealed class ExperimentFileTests
{
    private const string Arms = "variants: [{ name: control, weight: 50 }, { name: new, weight: 50 }]";

    [Fact]
    public void A_key_without_a_value_is_as_if_it_were_left_out()
    {
        const string Blank = "hypothesis:\nowner:\ncontrol:\nlookEvery:\nmetrics:\nanalysis:\n";
        var read = Read($"name: a\n{Blank}{Arms}").All.Single().Definition;
        (read.Hypothesis, read.Owner, read.Control, read.LookEvery, read.Metrics.Count).ShouldBe(("", "", "control", "1d", 0));
        (read.Analysis.Method, read.Analysis.Correction).ShouldBe(("sequential", "holm"));
        Should.Throw<AssayException>(() => AnalysisPlan.Of(read)).Message.ShouldContain("has no metrics");
    }

    [Fact]
    public void So_is_one_within_a_section()
    {
        var read = Read(
            """
            name: a
            variants:
              - { name: control, weight: 50, description: ~ }
              - { name: new, weight: 50, description: ~ }
            metrics:
              - { name: quality, kind: ~, role: ~, better: ~, unit: ~ }
            analysis: { method: ~, correction: ~ }
            """
        );
        var plan = AnalysisPlan.Of(read.All.Single().Definition);
        (plan.Metrics[0].Kind, plan.Metrics[0].Role, plan.Metrics[0].IsLowerBetter).ShouldBe((MetricKind.Mean, MetricRole.Goal, false));
        FigureText.Of(1.5, plan.Metrics[0].Unit).ShouldBe("1.50");
        plan.Arms.ShouldAllBe(a => a.Description == "");
    }

    [Theory]
    [InlineData("attributionHours: 1000000000", 2, "attributionHours is 1000000000.")]
    [InlineData("attributionHours: 0", 2, "attributionHours is 0.")]
    [InlineData("attributionHours: .nan", 2, "attributionHours is NaN.")]
    [InlineData("attributionHours: .inf", 2, "attributionHours is")]
    [InlineData("preExposureHours: 87601", 2, "preExposureHours is 87601.")]
    [InlineData("preExposureHours: -1", 2, "preExposureHours is -1.")]
    [InlineData("preExposureHours: .inf", 2, "preExposureHours is")]
    [InlineData("metrics: [~]", 2, "one of its metrics is empty")]
    [InlineData("metrics:\n  - { name: m, margin: .inf }", 4, "margin of 'm' is")]
    [InlineData("metrics:\n  - { name: m, relativeMargin: .nan }", 4, "relativeMargin of 'm' is NaN.")]
    [InlineData("metrics:\n  - { name: m, minimalEffect: -.inf }", 4, "minimalEffect of 'm' is")]
    [InlineData("analysis:\n  alpha: .nan", 4, "alpha is NaN.")]
    [InlineData("analysis:\n  power: .inf", 4, "power is")]
    public void A_number_that_is_none_or_that_no_analysis_can_use_is_refused_with_its_line(string yaml, int line, string problem)
    {
        var fault = Should.Throw<AssayException>(() => Read($"---\nname: a\n{yaml}\n{Arms}"));
        (fault.ExitCode, fault.Fix.Length > 0).ShouldBe((ExitCode.WrongUsage, true));
        fault.Message.ShouldContain(problem);
        fault.Message.ShouldStartWith($"experiments.yaml:{line}: ");
    }

    [Fact]
    public void Weights_beyond_every_sum_are_refused()
    {
        const string Large = "79228162514264337593543950335";
        var arms = $"variants: [{{ name: control, weight: {Large} }}, {{ name: new, weight: {Large} }}]";
        Should.Throw<AssayException>(() => Read($"name: a\n{arms}")).Message.ShouldContain($"weight {Large} %");
    }

    [Theory]
    [InlineData("metrics: [{ kind: mean }]", "A metric has no name.")]
    [InlineData("metrics: [{ name: m }]\nanalysis: { unitsPerArm: 9000000000000000000 }", "unitsPerArm is 9000000000000000000.")]
    [InlineData("metrics: [{ name: m }]\nanalysis: { minimalUnitsPerArm: 9000000000000000000 }", "minimalUnitsPerArm is 9000000000000000000.")]
    public void What_cannot_be_analysed_is_refused_by_the_analysis(string yaml, string problem)
    {
        var definition = Read($"name: a\n{yaml}\n{Arms}").All.Single().Definition;
        var fault = Should.Throw<AssayException>(() => AnalysisPlan.Of(definition));
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
        fault.Message.ShouldContain(problem);
    }

    [Fact]
    public void Nulls_of_a_snapshot_are_as_if_they_were_left_out()
    {
        const string Json = """
            {"experiments":[{"name":"a","metrics":null,"analysis":null,"hypothesis":null,"variants":[{"name":"control","weight":50},{"name":"b","weight":50}]}]}
            """;
        var read = Snapshot.FromJson(Encoding.UTF8.GetBytes(Json)).Experiments.All.Single().Definition;
        (read.Metrics.Count, read.Analysis.Alpha, read.Hypothesis).ShouldBe((0, 0.05, ""));
    }

    private static ExperimentSet Read(string yaml) => ExperimentSet.Build(CatalogFile.Parse<ExperimentFile>(yaml, "experiments.yaml"));
}
