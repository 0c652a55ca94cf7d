using Assay.Server.Intake.Content;
using Assay.Server.Intake.Spans;
using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Intake.Scores;

/// <summary>The scores among the events of a span.</summary>
internal sealed class SpanScores(InternTable texts)
{
    /// <summary>Adds the scores of a span to its delivery.</summary>
    /// <param name="span">The span as it is stored.</param>
    /// <param name="message">The same span as it came; its first <see cref="IntakeLimits.EventsOrLinks"/> events may be scores, as only these are kept.</param>
    /// <param name="delivery">What it came with.</param>
    public void AddTo(Delivery delivery, SpanEvent span, ReadOnlySpan<byte> message)
    {
        var problem = default(WireProblem);
        var reader = new ProtoReader(message, ref problem);
        var first = delivery.Scores.Count;
        var seen = 0;
        while (reader.Next(out var tag))
        {
            if (tag == SpanTag.Events && seen++ < IntakeLimits.EventsOrLinks)
            {
                AddEvent(delivery, span, reader.Message(), first);
            }
            else
            {
                reader.Skip(tag);
            }
        }
    }

    private void AddEvent(Delivery delivery, SpanEvent span, ProtoReader message, int first)
    {
        ReadOnlySpan<byte> name = default;
        var facts = default(ScoreFacts);
        ulong time = 0;
        while (message.Next(out var tag))
        {
            switch (tag)
            {
                case EventTag.Name:
                    name = message.Bytes();
                    break;
                case EventTag.Time:
                    time = message.Fixed64();
                    break;
                case EventTag.Attributes:
                    var attribute = KeyValue.Read(message.Message());
                    facts.Note(AttributeKeys.Find(attribute.Key), attribute.Value);
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }

        if (!EventNames.IsScore(name))
        {
            return;
        }

        if (!facts.IsScore)
        {
            delivery.Tally.ScoresIncomplete++;
            return;
        }

        var score = ToScore(span, facts, time is > 0 and <= long.MaxValue ? (long)time : span.StartNanos);
        var number = 1 + delivery.Scores.Skip(first).Count(s => s.Kind == score.Kind && s.Name == score.Name);
        delivery.Scores.Add(score with { Key = ScoreKey.Of(span.Trace, span.Span, score.Kind, score.Name, number) });
    }

    private ScoreEvent ToScore(SpanEvent span, in ScoreFacts facts, long timeNanos) =>
        new()
        {
            Key = "",
            Source = span.Source,
            TimeNanos = timeNanos,
            Kind = facts.ScoreKind,
            Name = texts.Get(facts.Name),
            Value = facts.Value!.Value,
            Label = texts.Get(facts.Label),
            Reason = TextRedaction.Redact(TextRedaction.Cut(facts.Reason, IntakeLimits.ValueBytes)),
            Operation = span.IsRequest ? span.Name : "",
            // A score may be on a span inside of the one that has flag and prompt: the event then names them.
            Variant = span.Variant.Length > 0 ? span.Variant : facts.VariantFrom(texts),
            Prompt = span.Prompt.Length > 0 ? span.Prompt : texts.Get(facts.PromptId),
            Trace = span.Trace,
            Span = span.Span,
        };
}
