using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Tests.Metrics;

public sealed class MetricCatalogTests
{
    [Fact]
    public void A_name_alone_is_the_kind()
    {
        var metric = Metric.Of("name: rouge_l");
        metric.Name.ShouldBe("rouge_l");
        metric.Scale.ShouldBe(MetricScale.Share);
    }

    [Fact]
    public void A_kind_may_have_another_name()
    {
        Metric.Of("{name: ndcg@5, kind: ndcg, k: 5}").Name.ShouldBe("ndcg@5");
    }

    [Fact]
    public void An_unknown_kind_is_told_with_line_nearest_spelling_and_all_kinds()
    {
        var error = Should.Throw<AssayException>(() => Metric.Of("\n\nkind: rouge_q"));
        error.Message.ShouldBe("bench.yaml:3: There is no kind of metric 'rouge_q'. Did you mean 'rouge_1'?");
        foreach (var kind in MetricCatalog.Kinds)
        {
            error.Fix.ShouldContain(kind.Name);
        }
    }

    [Fact]
    public void A_setting_of_another_kind_is_an_error()
    {
        var error = Should.Throw<AssayException>(() => Metric.Of("{kind: exact, k: 10}"));
        error.Message.ShouldContain("'k'");
        error.Fix.ShouldContain("ignoreCase, ignoreSpace, ignoreYo, ignorePunctuation");
    }

    [Theory]
    [InlineData("{kind: ndcg, k: 0}", "'k: 0'")]
    [InlineData("{kind: chrf, beta: .nan}", "'beta: NaN'")]
    [InlineData("{kind: rouge_1, statistic: f2}", "f1, precision, recall")]
    [InlineData("{kind: numeric, relativeTolerance: -1}", "'relativeTolerance: -1'")]
    [InlineData("{kind: exact, name: Exact Match}", "'Exact Match'")]
    [InlineData("{kind: contains, texts: [a, '']}", "'texts'")]
    [InlineData("ignoreCase: true", "has no kind")]
    [InlineData("kind: faithfulness", "asks a model")]
    [InlineData("kind: judge", "needs a judge")]
    public void What_is_wrong_is_said(string yaml, string problem)
    {
        var error = Should.Throw<AssayException>(() => Metric.Of(yaml));
        error.Message.ShouldContain("bench.yaml:1:");
        $"{error.Message} {error.Fix}".ShouldContain(problem);
    }

    [Fact]
    public void Two_metrics_of_one_name_are_an_error()
    {
        var entries = new[] { Metric.Entry("kind: ndcg"), Metric.Entry("{kind: ndcg, k: 5}") };
        Should.Throw<AssayException>(() => MetricCatalog.Create(entries, MetricSources.None)).Message.ShouldContain("'ndcg'");
    }

    [Fact]
    public void A_changed_setting_changes_the_fingerprint_and_a_name_does_not()
    {
        var metric = Metric.Of("kind: ndcg").Fingerprint;
        Metric.Of("{kind: ndcg, k: 10, name: other}").Fingerprint.ShouldBe(metric);
        Metric.Of("{kind: ndcg, k: 5}").Fingerprint.ShouldNotBe(metric);
    }

    [Theory]
    [InlineData("latency_ms", "ms")]
    [InlineData("input_tokens", "tokens")]
    [InlineData("output_tokens", "tokens")]
    [InlineData("cost_usd", "usd")]
    public void Less_is_better_of_what_an_answer_takes(string kind, string unit)
    {
        Metric.Of($"kind: {kind}").Scale.ShouldBe(new MetricScale(HigherIsBetter: false, 0, null, unit));
    }
}
