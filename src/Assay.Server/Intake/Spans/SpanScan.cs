using Assay.Server.Intake.Content;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Spans;

/// <summary>Walks once over all of a span, nested messages included, and notes what the hub wants to know.</summary>
internal sealed class SpanScan(ContentPolicy policy)
{
    // Status code error; opentelemetry-proto, Status.StatusCode.
    private const ulong StatusError = 2;

    public SpanFacts Run(ProtoReader span, ref WireProblem problem)
    {
        var facts = default(SpanFacts);
        while (span.Next(out var tag))
        {
            switch (tag)
            {
                case SpanTag.TraceId:
                    facts.TraceId = span.Bytes();
                    break;
                case SpanTag.SpanId:
                    facts.SpanId = span.Bytes();
                    break;
                case SpanTag.ParentSpanId:
                    facts.Parent = span.Bytes();
                    break;
                case SpanTag.Name:
                    facts.Name = span.Bytes();
                    break;
                case SpanTag.Kind:
                    facts.Kind = span.Varint();
                    break;
                case SpanTag.Start:
                    facts.Start = span.Fixed64();
                    break;
                case SpanTag.End:
                    facts.End = span.Fixed64();
                    break;
                case SpanTag.Flags:
                    facts.Flags = span.Fixed32();
                    break;
                case SpanTag.Attributes:
                    ReadAttribute(KeyValue.Read(span.Message()), ref facts, ref problem);
                    break;
                case SpanTag.Events:
                    ReadEvent(span.Message(), ref facts, ref problem);
                    break;
                case SpanTag.Links:
                    facts.NeedsScrubbing |= ++facts.Links > IntakeLimits.EventsOrLinks | !IsCleanLink(span.Message(), ref problem);
                    break;
                case SpanTag.Status:
                    ReadStatus(span.Message(), ref facts);
                    break;
                default:
                    span.Skip(tag);
                    break;
            }
        }

        facts.NeedsScrubbing |= !ContentPolicy.IsCleanName(facts.Name);
        return facts;
    }

    private void ReadAttribute(in KeyValue attribute, ref SpanFacts facts, ref WireProblem problem)
    {
        var key = AttributeKeys.Find(attribute.Key);
        facts.NeedsScrubbing |= ++facts.Attributes > IntakeLimits.Attributes | !policy.IsClean(attribute, key, ref problem);
        if (key > AttributeKey.Secret)
        {
            facts.Note(key, attribute);
        }
    }

    private void ReadEvent(ProtoReader message, ref SpanFacts facts, ref WireProblem problem)
    {
        ReadOnlySpan<byte> name = default;
        var clean = ++facts.Events <= IntakeLimits.EventsOrLinks;
        var attributes = 0;
        while (message.Next(out var tag))
        {
            switch (tag)
            {
                case EventTag.Name:
                    name = message.Bytes();
                    clean &= ContentPolicy.IsCleanName(name);
                    break;
                case EventTag.Attributes:
                    clean &= IsClean(KeyValue.Read(message.Message()), ref problem) & ++attributes <= IntakeLimits.Attributes;
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }

        facts.NeedsScrubbing |= !clean || policy.IsLeftOut(name);
        facts.HasScores |= EventNames.IsScore(name);
        facts.HasFlagEvents |= EventNames.IsFlag(name);
    }

    private bool IsCleanLink(ProtoReader message, ref WireProblem problem)
    {
        var clean = true;
        var attributes = 0;
        while (message.Next(out var tag))
        {
            if (tag == LinkTag.Attributes)
            {
                clean &= IsClean(KeyValue.Read(message.Message()), ref problem) & ++attributes <= IntakeLimits.Attributes;
            }
            else
            {
                message.Skip(tag);
            }
        }

        return clean;
    }

    private bool IsClean(in KeyValue attribute, ref WireProblem problem) => policy.IsClean(attribute, AttributeKeys.Find(attribute.Key), ref problem);

    private static void ReadStatus(ProtoReader message, ref SpanFacts facts)
    {
        while (message.Next(out var tag))
        {
            switch (tag)
            {
                case StatusTag.Code:
                    facts.Failed = message.Varint() == StatusError;
                    break;
                case StatusTag.Message:
                    var text = message.Bytes();
                    facts.NeedsScrubbing |= text.Length > IntakeLimits.ValueBytes || TextRedaction.IsNeeded(text);
                    break;
                default:
                    message.Skip(tag);
                    break;
            }
        }
    }
}
