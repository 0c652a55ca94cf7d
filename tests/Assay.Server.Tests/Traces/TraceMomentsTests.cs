using Assay.Server.Intake.Wire;
using Assay.Server.Surface.Reading;
using Assay.Server.Tests.Intake;
using Assay.Server.Traces;
using Assay.Stores;

namespace Assay.Server.Tests.Traces;

public sealed class TraceMomentsTests
{
    private static readonly TelemetrySource Source = new("svc", "1", "", default, "");

    [Fact]
    public void Scores_and_exceptions_are_listed_before_the_first_fifty_events_use_up_the_page()
    {
        var moments = TraceMoments.Of(Trace(tokens: 120, scores: 2), new Figures(Language.En));

        moments.Items.Count.ShouldBe(TraceMoments.Most);
        moments.LeftOut.ShouldBe(120 + 1 + 2 - TraceMoments.Most);
        moments.Items.Count(m => m.Title.StartsWith("relevance ", StringComparison.Ordinal)).ShouldBe(2);
        moments.Items.ShouldContain(m => m.Icon == "fail", "the exception at the end");
        moments.Items.Count(m => m.Title == "token").ShouldBe(TraceMoments.Most - 3);
        moments.Items.Select(m => m.Nanos).ShouldBeInOrder();
    }

    [Fact]
    public void A_trace_with_few_events_leaves_none_out()
    {
        var moments = TraceMoments.Of(Trace(tokens: 3, scores: 1), new Figures(Language.En));
        (moments.Items.Count, moments.LeftOut).ShouldBe((5, 0));
    }

    // Tokens one after the other, an exception after the last of them, scores much later.
    private static TraceModel Trace(int tokens, int scores)
    {
        var body = OtlpMessage.SpanWith(m =>
        {
            for (var i = 0; i <= tokens; i++)
            {
                var (name, time) = (i < tokens ? "token" : "exception", (ulong)(1000 + i));
                m.Message(SpanTag.Events, e => e.Fixed64(EventTag.Time, time).Text(EventTag.Name, name));
            }
        });
        var span = new SpanEvent
        {
            Trace = new TraceId(1),
            Span = new SpanId(1),
            Source = Source,
            Name = "POST /ask",
            StartNanos = 1,
            DurationNanos = 5000,
            Body = body,
        };
        var scored = Enumerable
            .Range(0, scores)
            .Select(i => new ScoreEvent
            {
                Key = $"s{i}",
                Source = Source,
                TimeNanos = 1_000_000 + i,
                Kind = ScoreKind.Quality,
                Name = "relevance",
                Value = 0.5,
            });
        return TraceModel.Of(new StoredTrace([span], [], [.. scored]), default)!;
    }
}
