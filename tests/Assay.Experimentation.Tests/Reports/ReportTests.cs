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
    public void A_report_is_read_back_as_it_was_written()
    {
        var text = ReportJson.Text(Report());

        ReportJson.Text(JsonSerializer.Deserialize(text, ReportJson.Default.ExperimentReport)!).ShouldBe(text);
    }

    [Fact]
    public void The_html_is_one_file_that_runs_and_fetches_nothing_and_draws_looks_units_and_values()
    {
        var experiment = Experiment();
        experiment.Hypothesis = "<script>alert(1)</script>";
        experiment.Metrics.Add(Goal("latency_ms", "p95", "lower"));
        var first = ExperimentAnalysis.Of(experiment, MadeSums(), [], Now.AddDays(-1));
        var page = ExperimentHtml.Text(ExperimentAnalysis.Of(experiment, MadeSums(), first.Looks, Now), "1.2.3");

        page.ShouldNotContain("<script");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
        page.ShouldNotContain("NaN");
        page.ShouldContain("class=\"looks");
        page.ShouldContain("Units by arm: control 4,000, treatment 4,000");
        page.ShouldContain("<h2>latency_ms, treatment</h2>");
        page.ShouldContain(": 2 looks, the last");
        System.Xml.Linq.XDocument.Parse(page[page.IndexOf("<main>", StringComparison.Ordinal)..(page.IndexOf("</main>", StringComparison.Ordinal) + 7)]);
    }

    [Fact]
    public void Evidence_is_one_piece_for_health_one_for_the_decision_and_one_for_each_metric_that_decides()
    {
        var evidence = ExperimentEvidence.Of(Report(), new Candidate(), "1.2.3");

        evidence
            .Select(e => e.Metric)
            .ShouldBe(["reranker health", "reranker decision", "reranker treatment latency_ms mean", "reranker treatment score mean"]);
        evidence.ShouldAllBe(e => e.Verdict == Verdict.Pass);
        evidence[2].Threshold!.Value.ShouldBe(20);
        evidence[3].Interval!.Value.Low.ShouldNotBeNull().ShouldBeGreaterThan(0);
        evidence.Select(e => Evidence.Parse(e.ToJson()).Metric).ShouldBe(evidence.Select(e => e.Metric));
    }

    [Fact]
    public void Evidence_of_data_that_cannot_be_trusted_passes_nothing()
    {
        var sums = MadeSums();
        var broken = sums with { InSeveral = 500 };

        ExperimentEvidence
            .Of(ExperimentAnalysis.Of(Experiment(), broken, [], Now), new Candidate(), "1.2.3")
            .ShouldAllBe(e => e.Verdict == Verdict.Inconclusive);
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
        Arm(
            arm,
            4000,
            Values("score", 4000, Normal(seed, 4000, 0.7 + score, 0.2)),
            Values("latency_ms", 4000, Normal(seed + 100, 4000, 400, 90), sketch: true),
            Values("latency_ms", 4000, Normal(seed + 100, 4000, 400, 90), sketch: true)
        );
}
