using System.Text.Json;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Reports;
using static Assay.Experimentation.Tests.Analysis.MadeExperiment;

namespace Assay.Experimentation.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public void The_markdown_tells_decision_health_and_figures()
    {
        var text = ExperimentMarkdown.Text(Report());

        text.ShouldStartWith("## ✅ Ship: reranker, version 1");
        text.ShouldContain("**Health**: good");
        text.ShouldContain("| goal: better | score mean | treatment |");
        text.ShouldContain("| guardrail: holds | latency_ms mean | treatment |");
        text.ShouldContain("Asymptotic confidence sequence");
    }

    [Fact]
    public void Names_and_hypotheses_cannot_break_the_markdown()
    {
        var experiment = Experiment();
        experiment.Hypothesis = "<img src=x> | @team `now`";
        var text = ExperimentMarkdown.Text(ExperimentAnalysis.Of(experiment, MadeSums(), [], Now));

        text.ShouldNotContain("<img");
        text.ShouldContain("&#64;team");
    }

    [Fact]
    public void The_json_is_versioned_and_in_snake_case()
    {
        using var json = JsonDocument.Parse(ReportJson.Text(Report()));

        json.RootElement.GetProperty("schema").GetString().ShouldBe("assay.experiment/1");
        json.RootElement.GetProperty("decision").GetProperty("action").GetString().ShouldBe("ship");
        json.RootElement.GetProperty("verdict").GetString().ShouldBe("pass");
        json.RootElement.GetProperty("metrics")[1].GetProperty("comparisons")[0].GetProperty("adjusted_p").GetDouble().ShouldBeLessThan(0.05);
    }

    [Fact]
    public void A_look_is_read_back_as_it_was_written()
    {
        var look = Report().Looks[^1];

        var back = ReportJson.Look(ReportJson.Bytes(look));

        back.ShouldBe(look with { Figures = back.Figures });
        back.Figures.ShouldBe(look.Figures);
    }

    private static ExperimentFile Experiment() => Of(Goal("score"), Guard("latency_ms", 20));

    private static ExperimentReport Report() => ExperimentAnalysis.Of(Experiment(), MadeSums(), [], Now);

    private static Stores.ExperimentSums MadeSums() => Sums(Made("control", 1, 0), Made("treatment", 2, 0.05));

    private static Stores.VariantSums Made(string arm, int seed, double score) =>
        Arm(arm, 4000, Values("score", 4000, Normal(seed, 4000, 0.7 + score, 0.2)), Values("latency_ms", 4000, Normal(seed + 100, 4000, 400, 90)));
}
