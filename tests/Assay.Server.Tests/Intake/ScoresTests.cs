using Assay.Server.Intake;
using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Tests.Intake;

public sealed class ScoresTests
{
    private const string Event = "gen_ai.evaluation.result";

    [Fact]
    public void An_evaluation_event_is_a_score_of_its_span()
    {
        var delivery = Reading.Read(
            OtlpMessage.Request(
                [
                    OtlpMessage.SpanWith(s =>
                        s.Attributes(SpanTag.Attributes, ("assay.prompt", "answer@3"), ("feature_flag.key", "rerank"), ("feature_flag.result.variant", "on"))
                            .Event("other")
                            .Event(
                                Event,
                                ("gen_ai.evaluation.name", "relevance"),
                                ("gen_ai.evaluation.score.value", 0.75),
                                ("gen_ai.evaluation.score.label", "good"),
                                ("gen_ai.evaluation.explanation", "names ann@example.org")
                            )
                            .Event(Event, ("gen_ai.evaluation.name", "helpful"), ("gen_ai.evaluation.score.value", 1), ("assay.score.kind", "rating"))
                    ),
                ],
                ("service.name", "rag")
            )
        );
        delivery
            .Scores.Select(s => s.Key)
            .ShouldBe([$"{OtlpMessage.Trace}/{OtlpMessage.Span}/quality/relevance", $"{OtlpMessage.Trace}/{OtlpMessage.Span}/rating/helpful"]);
        delivery.Scores.Select(s => s.Kind).ShouldBe([ScoreKind.Quality, ScoreKind.Rating]);
        delivery
            .Scores[0]
            .ShouldSatisfyAllConditions(
                s => s.Name.ShouldBe("relevance"),
                s => s.Value.ShouldBe(0.75),
                s => s.Label.ShouldBe("good"),
                s => s.Reason.ShouldBe("names [email]"),
                s => s.Operation.ShouldBe("POST /ask"),
                s => s.Variant.ShouldBe("rerank=on"),
                s => s.Prompt.ShouldBe("answer@3"),
                s => s.TimeNanos.ShouldBe(1_767_225_600_500_000_000),
                s => s.Source.Service.ShouldBe("rag"),
                s => s.Trace.ToString().ShouldBe(OtlpMessage.Trace),
                s => s.Span.ToString().ShouldBe(OtlpMessage.Span)
            );
    }

    [Fact]
    public void Scores_of_one_name_on_a_span_have_keys_of_their_own_and_no_key_is_too_long_for_the_store()
    {
        (string, object)[] Score(string name) => [("gen_ai.evaluation.name", name), ("gen_ai.evaluation.score.value", 1), ("assay.score.kind", "guardrail")];
        var span = OtlpMessage.SpanWith(s => Enumerable.Range(0, 200).ToList().ForEach(i => s.Event(Event, Score(i % 2 == 0 ? "pii" : new string('n', 500)))));
        var scores = Reading.Read(OtlpMessage.Request([span])).Scores;
        scores.Count.ShouldBe(IntakeLimits.EventsOrLinks);
        scores.Select(s => s.Key).Distinct().Count().ShouldBe(IntakeLimits.EventsOrLinks);
        scores.ShouldAllBe(s => s.Key.Length <= 128);
    }

    [Fact]
    public void An_event_may_name_flag_and_prompt_itself()
    {
        (string, object)[] score = [("gen_ai.evaluation.name", "x"), ("gen_ai.evaluation.score.value", 1)];
        (string, object)[] own = [("assay.prompt", "answer@4"), ("feature_flag.key", "rerank"), ("feature_flag.result.variant", "off")];
        var bare = OtlpMessage.SpanWith(s => s.Event(Event, [.. score, .. own]));
        var named = OtlpMessage.SpanWith(
            s => s.Attributes(SpanTag.Attributes, ("assay.prompt", "answer@3")).Event(Event, [.. score, .. own]),
            span: "00000000000000aa"
        );
        var scores = Reading.Read(OtlpMessage.Request([bare, named])).Scores;
        scores.Select(s => (s.Variant, s.Prompt)).ShouldBe([("rerank=off", "answer@4"), ("rerank=off", "answer@3")]);
    }

    [Fact]
    public void A_score_without_a_name_or_a_finite_value_is_counted()
    {
        var delivery = Reading.Read(
            OtlpMessage.Request([
                OtlpMessage.SpanWith(s =>
                    s.Event(Event, ("gen_ai.evaluation.name", "x"))
                        .Event(Event, ("gen_ai.evaluation.score.value", 1.0))
                        .Event(Event, ("gen_ai.evaluation.name", "x"), ("gen_ai.evaluation.score.value", double.NaN))
                        .Event(Event, ("gen_ai.evaluation.name", "x"), ("gen_ai.evaluation.score.value", "high"))
                ),
            ])
        );
        delivery.Scores.ShouldBeEmpty();
        delivery.Tally.ScoresIncomplete.ShouldBe(4);
        delivery.Spans.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_log_record_may_be_a_score_too(bool asField)
    {
        var record = new OtlpMessage().Fixed64(LogTag.Time, 5).Bytes(LogTag.TraceId, Convert.FromHexString(OtlpMessage.Trace));
        _ = asField ? record.Text(LogTag.EventName, Event) : record.Attributes(LogTag.Attributes, ("event.name", Event));
        record.Attributes(LogTag.Attributes, ("gen_ai.evaluation.name", "pii"), ("gen_ai.evaluation.score.value", 1), ("assay.score.kind", "guardrail"));
        var delivery = Reading.Read(OtlpMessage.Request([record.Written]), Signal.Logs);
        var score = delivery.Scores.ShouldHaveSingleItem();
        score.Kind.ShouldBe(ScoreKind.Guardrail);
        score.Key.ShouldBe($"log/{delivery.Logs[0].Key:x32}");
        score.Trace.ToString().ShouldBe(OtlpMessage.Trace);
        score.TimeNanos.ShouldBe(5);
    }
}
