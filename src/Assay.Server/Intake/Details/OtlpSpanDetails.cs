using System.Buffers.Binary;
using System.Text;
using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Intake.Details;

/// <summary>The kind of a span; opentelemetry-proto, Span.SpanKind.</summary>
internal enum OtlpSpanKind
{
    /// <summary>The sender did not say.</summary>
    Unspecified,

    /// <summary>Work inside the process.</summary>
    Internal,

    /// <summary>Answers a request.</summary>
    Server,

    /// <summary>Calls another service.</summary>
    Client,

    /// <summary>Sends a message.</summary>
    Producer,

    /// <summary>Handles a message.</summary>
    Consumer,
}

/// <summary>Something that happened while a span was open.</summary>
/// <param name="Name">What.</param>
/// <param name="TimeNanos">When, in nanoseconds since 1970 UTC.</param>
/// <param name="Attributes">More about it.</param>
internal sealed record OtlpSpanEvent(string Name, long TimeNanos, IReadOnlyList<OtlpAttribute> Attributes);

/// <summary>Another span that has to do with a span.</summary>
/// <param name="Trace">Its trace.</param>
/// <param name="Span">It.</param>
/// <param name="Attributes">More about the link.</param>
internal sealed record OtlpSpanLink(TraceId Trace, SpanId Span, IReadOnlyList<OtlpAttribute> Attributes);

/// <summary>Everything in a span that the store does not search: for the page that shows it.</summary>
internal sealed record OtlpSpanDetails
{
    /// <summary>The span's own name; of a tool's span the name that the sender gave.</summary>
    public string Name { get; private set; } = "";

    public OtlpSpanKind Kind { get; private set; }

    /// <summary>Why it failed, when it did and the sender said so.</summary>
    public string StatusMessage { get; private set; } = "";

    /// <summary>W3C trace state.</summary>
    public string TraceState { get; private set; } = "";

    /// <summary>In the sender's order.</summary>
    public IReadOnlyList<OtlpAttribute> Attributes { get; private set; } = [];

    /// <summary>In the sender's order.</summary>
    public IReadOnlyList<OtlpSpanEvent> Events { get; private set; } = [];

    /// <summary>In the sender's order.</summary>
    public IReadOnlyList<OtlpSpanLink> Links { get; private set; } = [];

    /// <summary>Attributes, events and links that the sender left out.</summary>
    public long DroppedBySender { get; private set; }

    /// <summary>Reads <see cref="SpanEvent.Body"/>. Reads as far as it is well formed.</summary>
    public static OtlpSpanDetails Read(ReadOnlyMemory<byte> body)
    {
        var details = new OtlpSpanDetails { Attributes = OtlpAttribute.ReadAll(body.Span, SpanTag.Attributes) };
        var events = new List<OtlpSpanEvent>();
        var links = new List<OtlpSpanLink>();
        var problem = default(WireProblem);
        var span = new ProtoReader(body.Span, ref problem);
        while (span.Next(out var tag))
        {
            switch (tag)
            {
                case SpanTag.Name:
                    details.Name = Encoding.UTF8.GetString(span.Bytes());
                    break;
                case SpanTag.Kind:
                    var kind = span.Varint();
                    details.Kind = kind <= (ulong)OtlpSpanKind.Consumer ? (OtlpSpanKind)kind : OtlpSpanKind.Unspecified;
                    break;
                case SpanTag.Status:
                    details.StatusMessage = Encoding.UTF8.GetString(Fields.Last(span.Bytes(), StatusTag.Message));
                    break;
                case SpanTag.TraceState:
                    details.TraceState = Encoding.UTF8.GetString(span.Bytes());
                    break;
                case SpanTag.Events:
                    events.Add(ReadEvent(span.Bytes()));
                    break;
                case SpanTag.Links:
                    links.Add(ReadLink(span.Bytes()));
                    break;
                case SpanTag.DroppedAttributes:
                case SpanTag.DroppedEvents:
                case SpanTag.DroppedLinks:
                    details.DroppedBySender += (uint)span.Varint();
                    break;
                default:
                    span.Skip(tag);
                    break;
            }
        }

        details.Events = events;
        details.Links = links;
        return details;
    }

    private static OtlpSpanEvent ReadEvent(ReadOnlySpan<byte> message)
    {
        var problem = default(WireProblem);
        var reader = new ProtoReader(message, ref problem);
        ulong time = 0;
        while (reader.Next(out var tag))
        {
            if (tag == EventTag.Time)
            {
                time = reader.Fixed64();
            }
            else
            {
                reader.Skip(tag);
            }
        }

        var name = Encoding.UTF8.GetString(Fields.Last(message, EventTag.Name));
        return new OtlpSpanEvent(name, (long)Math.Min(time, long.MaxValue), OtlpAttribute.ReadAll(message, EventTag.Attributes));
    }

    private static OtlpSpanLink ReadLink(ReadOnlySpan<byte> message)
    {
        var trace = Fields.Last(message, LinkTag.TraceId);
        var span = Fields.Last(message, LinkTag.SpanId);
        return new OtlpSpanLink(
            trace.Length == 16 ? new TraceId(BinaryPrimitives.ReadUInt128BigEndian(trace)) : default,
            span.Length == 8 ? new SpanId(BinaryPrimitives.ReadUInt64BigEndian(span)) : default,
            OtlpAttribute.ReadAll(message, LinkTag.Attributes)
        );
    }
}
