using Assay.Server.Intake.Content;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Logs;

/// <summary>Walks once over all of a log record and notes what the hub wants to know.</summary>
internal sealed class LogScan(ContentPolicy policy)
{
    public LogFacts Run(ProtoReader record, ref WireProblem problem)
    {
        var facts = default(LogFacts);
        while (record.Next(out var tag))
        {
            switch (tag)
            {
                case LogTag.Time:
                    facts.Time = record.Fixed64();
                    break;
                case LogTag.ObservedTime:
                    facts.ObservedTime = record.Fixed64();
                    break;
                case LogTag.SeverityNumber:
                    facts.Severity = record.Varint();
                    break;
                case LogTag.TraceId:
                    facts.TraceId = record.Bytes();
                    break;
                case LogTag.SpanId:
                    facts.SpanId = record.Bytes();
                    break;
                case LogTag.EventName:
                    facts.EventName = record.Bytes();
                    facts.NeedsScrubbing |= !ContentPolicy.IsCleanName(facts.EventName);
                    break;
                case LogTag.SeverityText:
                    facts.NeedsScrubbing |= !ContentPolicy.IsCleanName(record.Bytes());
                    break;
                case LogTag.Body:
                    facts.Body = AnyValue.Read(record.Message());
                    facts.NeedsScrubbing |= !ContentPolicy.IsClean(facts.Body, ref problem, 1);
                    break;
                case LogTag.Attributes:
                    var attribute = KeyValue.Read(record.Message());
                    var key = AttributeKeys.Find(attribute.Key);
                    facts.NeedsScrubbing |= ++facts.Attributes > IntakeLimits.Attributes | !policy.IsClean(attribute, key, ref problem);
                    facts.Note(key, attribute.Value);
                    break;
                default:
                    record.Skip(tag);
                    break;
            }
        }

        facts.NeedsScrubbing |= policy.IsLeftOut(facts.EventName);
        return facts;
    }
}
