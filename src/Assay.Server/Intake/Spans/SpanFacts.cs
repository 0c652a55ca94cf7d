using Assay.Server.Intake.Content;
using Assay.Telemetry;

namespace Assay.Server.Intake.Spans;

/// <summary>What the hub wants to know of a span: slices of the message and numbers, no objects yet.</summary>
internal ref struct SpanFacts
{
    public ReadOnlySpan<byte> TraceId;
    public ReadOnlySpan<byte> SpanId;
    public ReadOnlySpan<byte> Parent;
    public ReadOnlySpan<byte> Name;
    public ulong Kind;
    public ulong Start;
    public ulong End;
    public uint Flags;
    public bool Failed;

    /// <summary>Whether the message must be written anew before it is stored.</summary>
    public bool NeedsScrubbing;

    /// <summary>Whether an event is a score.</summary>
    public bool HasScores;

    /// <summary>Whether an event says which variant a flag gave.</summary>
    public bool HasFlagEvents;

    public int Attributes;
    public int Events;
    public int Links;

    public ReadOnlySpan<byte> PromptId;
    public ReadOnlySpan<byte> CorrelationId;
    public ReadOnlySpan<byte> DatabaseSystem;
    public ReadOnlySpan<byte> KindByLibrary;
    public ReadOnlySpan<byte> FlagKey;
    public ReadOnlySpan<byte> FlagVariant;

    /// <summary>Whether it says that its stage fell back, or that it did not.</summary>
    public bool? FallbackUsed;

    public ReadOnlySpan<byte> FallbackReason;

    public ReadOnlySpan<byte> Operation;

    /// <summary>What a model or a tool was asked and used.</summary>
    public GenAiCall Call;

    /// <summary>Notes an attribute of the span.</summary>
    public void Note(AttributeKey key, in KeyValue attribute)
    {
        var value = attribute.Value;
        switch (key)
        {
            case AttributeKey.PromptId:
                PromptId = value.Text;
                break;
            case AttributeKey.CorrelationId:
                CorrelationId = value.Text;
                break;
            case AttributeKey.DatabaseSystem:
                DatabaseSystem = value.Text;
                break;
            case AttributeKey.SpanKindByLibrary:
                KindByLibrary = value.Text;
                break;
            case AttributeKey.FlagKey:
                FlagKey = value.Text;
                break;
            case AttributeKey.FlagVariant:
                FlagVariant = value.Text;
                break;
            case AttributeKey.FallbackUsed:
                FallbackUsed = value.IsBool ? value.IsTrue : FallbackUsed;
                break;
            case AttributeKey.FallbackReason:
                FallbackReason = value.Text;
                break;
            case AttributeKey.Operation:
                Operation = value.Text;
                Call.Read(attribute.Key, value.ToAttributeValue());
                break;
            case AttributeKey.ModelCall:
                Call.Read(attribute.Key, value.ToAttributeValue());
                break;
        }
    }
}
