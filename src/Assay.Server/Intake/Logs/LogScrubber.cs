using Assay.Server.Intake.Content;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Logs;

/// <summary>Writes a log record anew without what may not be stored.</summary>
internal sealed class LogScrubber(ContentPolicy policy, Scrubber scrubber)
{
    /// <summary>Writes the fields of the record.</summary>
    /// <param name="message">The record as it came.</param>
    /// <param name="eventName">Its event's name.</param>
    /// <param name="to">Where to write.</param>
    /// <param name="tally">Counts what is left out.</param>
    public void Write(ReadOnlySpan<byte> message, ReadOnlySpan<byte> eventName, ProtoWriter to, RequestTally tally)
    {
        var problem = default(WireProblem);
        var record = new ProtoReader(message, ref problem);
        var attributes = 0;
        for (var begin = 0; record.Next(out var tag); begin = record.Position)
        {
            switch (tag)
            {
                case LogTag.Body when policy.IsLeftOut(eventName):
                    record.Skip(tag);
                    tally.ContentDropped++;
                    break;
                case LogTag.Body:
                    var body = to.Open(tag);
                    Scrubber.WriteValue(AnyValue.Read(record.Message()), to, tally, 1);
                    to.Close(body);
                    break;
                case LogTag.EventName or LogTag.SeverityText:
                    Scrubber.WriteText(tag, record.Bytes(), IntakeLimits.NameChars, to, tally);
                    break;
                case LogTag.Attributes when ++attributes > IntakeLimits.Attributes:
                    record.Skip(tag);
                    tally.AttributesDropped++;
                    break;
                case LogTag.Attributes:
                    scrubber.WriteAttribute(tag, record.Bytes(), to, tally);
                    break;
                default:
                    record.Skip(tag);
                    to.Raw(record.Since(begin));
                    break;
            }
        }
    }
}
