using Assay.Server.Intake.Content;
using Assay.Server.Intake.Scores;

namespace Assay.Server.Intake.Logs;

/// <summary>What the hub wants to know of a log record.</summary>
internal ref struct LogFacts
{
    public ulong Time;
    public ulong ObservedTime;
    public ulong Severity;
    public ReadOnlySpan<byte> TraceId;
    public ReadOnlySpan<byte> SpanId;
    public ReadOnlySpan<byte> EventName;
    public ReadOnlySpan<byte> ExceptionType;
    public ReadOnlySpan<byte> ExceptionMessage;
    public AnyValue Body;
    public ScoreFacts Score;
    public int Attributes;

    /// <summary>Whether the message must be written anew before it is stored.</summary>
    public bool NeedsScrubbing;

    /// <summary>Notes an attribute of the record.</summary>
    public void Note(AttributeKey key, in AnyValue value)
    {
        switch (key)
        {
            // Before the record had a field of its own the event's name was an attribute.
            case AttributeKey.EventName when EventName.IsEmpty:
                EventName = value.Text;
                break;
            case AttributeKey.ExceptionType:
                ExceptionType = value.Text;
                break;
            case AttributeKey.ExceptionMessage:
                ExceptionMessage = value.Text;
                break;
            default:
                Score.Note(key, value);
                break;
        }
    }
}
