using System.Diagnostics;
using Assay.Observability.Metrics;

namespace Assay.Tests.Observability.Metrics;

[Collection(AloneInProcess.Name)]
public sealed class QualityRecorderTests
{
    private const string Own = "Assay.Tests.Quality";

    [Fact]
    public void A_score_is_an_event_of_the_current_span()
    {
        using var heard = new HeardSpans(Own);
        using var source = new ActivitySource(Own);
        using var quality = new QualityRecorder();
        using var span = source.StartActivity("answer")!;
        quality.RecordQualityScore("relevance", 0.75, "offline", "mail ann@example.org");

        var score = span.Events.ShouldHaveSingleItem();
        score.Name.ShouldBe("gen_ai.evaluation.result");
        var tags = score.Tags.ToDictionary();
        tags["gen_ai.evaluation.name"].ShouldBe("relevance");
        tags["gen_ai.evaluation.score.value"].ShouldBe(0.75);
        tags["gen_ai.evaluation.score.label"].ShouldBe("offline");
        tags["gen_ai.evaluation.explanation"].ShouldBe("mail [email]");
        tags["assay.score.kind"].ShouldBe("quality");
    }

    [Fact]
    public void Prompt_and_variant_come_from_the_nearest_span_that_has_them()
    {
        using var heard = new HeardSpans(Own);
        using var source = new ActivitySource(Own);
        using var quality = new QualityRecorder();
        using var outer = source.StartActivity("request")!;
        outer.SetTag("assay.prompt", "answer@2").SetTag("feature_flag.key", "reranker").SetTag("feature_flag.result.variant", "b");
        using var inner = source.StartActivity("answer")!;
        quality.RecordGuardrail("pii_filter", triggered: true);

        var tags = inner.Events.ShouldHaveSingleItem().Tags.ToDictionary();
        tags["assay.prompt"].ShouldBe("answer@2");
        tags["feature_flag.result.variant"].ShouldBe("b");
        tags["gen_ai.evaluation.score.value"].ShouldBe(1.0);
        tags["gen_ai.evaluation.score.label"].ShouldBe("triggered");
        tags["assay.score.kind"].ShouldBe("guardrail");
        outer.Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_rating_that_comes_later_joins_the_trace_of_its_answer()
    {
        using var heard = new HeardSpans(Own, QualityRecorder.Name);
        using var source = new ActivitySource(Own);
        using var quality = new QualityRecorder();
        ActivityContext answer;
        using (var span = source.StartActivity("answer")!)
        {
            answer = span.Context;
        }

        using (var request = source.StartActivity("POST /rate"))
        {
            quality.RecordRating(-0.5, answer, comment: "wrong");
            request!.Events.ShouldBeEmpty();
        }

        var rating = heard.In(answer.TraceId).Single(s => s.OperationName == "assay.rating");
        rating.ParentSpanId.ShouldBe(answer.SpanId);
        rating.HasRemoteParent.ShouldBeFalse();
        rating.Links.ShouldHaveSingleItem();
        rating.Events.ShouldHaveSingleItem().Tags.ToDictionary()["gen_ai.evaluation.score.label"].ShouldBe("negative");
    }

    [Fact]
    public void Where_nobody_listens_nothing_happens()
    {
        using var quality = new QualityRecorder();
        quality.RecordQualityScore("relevance", 1);
        quality.RecordRating(1);
        quality.RecordGuardrail("pii_filter", triggered: false);
    }

    [Theory]
    [InlineData("", 0.5)]
    [InlineData("relevance", double.NaN)]
    public void What_is_no_score_is_refused_with_a_fix(string name, double value)
    {
        using var quality = new QualityRecorder();
        Should.Throw<AssayException>(() => quality.RecordQualityScore(name, value)).Fix.ShouldNotBeEmpty();
        Should.Throw<AssayException>(() => quality.RecordRating(double.IsNaN(value) ? 1.5 : value, name: name)).Fix.ShouldNotBeEmpty();
    }
}
