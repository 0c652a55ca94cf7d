using Assay.Server.Intake.Content;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Spans;

/// <summary>Writes a span anew without what may not be stored; fields that the hub does not know stay as they are.</summary>
internal sealed class SpanScrubber(ContentPolicy policy, Scrubber scrubber)
{
    /// <summary>Writes the fields of the span.</summary>
    public void Write(ReadOnlySpan<byte> message, ProtoWriter to, RequestTally tally)
    {
        var problem = default(WireProblem);
        var span = new ProtoReader(message, ref problem);
        var counts = default(FieldCounts);
        for (var begin = 0; span.Next(out var tag); begin = span.Position)
        {
            switch (tag)
            {
                case SpanTag.Name:
                    Scrubber.WriteText(tag, span.Bytes(), IntakeLimits.NameChars, to, tally);
                    break;
                case SpanTag.Attributes:
                    WriteAttribute(tag, span.Bytes(), ref counts.Attributes, to, tally);
                    break;
                case SpanTag.Events:
                    WriteEvent(span.Bytes(), ref counts.Events, to, tally);
                    break;
                case SpanTag.Links:
                    WriteLink(span.Bytes(), ref counts.Links, to, tally);
                    break;
                case SpanTag.Status:
                    WriteStatus(span.Bytes(), to, tally);
                    break;
                default:
                    span.Skip(tag);
                    to.Raw(span.Since(begin));
                    break;
            }
        }
    }

    private void WriteAttribute(uint tag, ReadOnlySpan<byte> keyValue, ref int count, ProtoWriter to, RequestTally tally)
    {
        if (++count > IntakeLimits.Attributes)
        {
            tally.AttributesDropped++;
            return;
        }

        scrubber.WriteAttribute(tag, keyValue, to, tally);
    }

    private void WriteEvent(ReadOnlySpan<byte> message, ref int count, ProtoWriter to, RequestTally tally)
    {
        if (policy.IsLeftOut(Fields.Last(message, EventTag.Name)))
        {
            tally.ContentDropped++;
            return;
        }

        if (++count > IntakeLimits.EventsOrLinks)
        {
            tally.AttributesDropped++;
            return;
        }

        var opened = to.Open(SpanTag.Events);
        WriteWithAttributes(message, EventTag.Attributes, EventTag.Name, to, tally);
        to.Close(opened);
    }

    private void WriteLink(ReadOnlySpan<byte> message, ref int count, ProtoWriter to, RequestTally tally)
    {
        if (++count > IntakeLimits.EventsOrLinks)
        {
            tally.AttributesDropped++;
            return;
        }

        var opened = to.Open(SpanTag.Links);
        WriteWithAttributes(message, LinkTag.Attributes, textTag: 0, to, tally);
        to.Close(opened);
    }

    private static void WriteStatus(ReadOnlySpan<byte> message, ProtoWriter to, RequestTally tally)
    {
        var problem = default(WireProblem);
        var status = new ProtoReader(message, ref problem);
        var opened = to.Open(SpanTag.Status);
        for (var begin = 0; status.Next(out var tag); begin = status.Position)
        {
            if (tag == StatusTag.Message)
            {
                Scrubber.WriteText(tag, status.Bytes(), IntakeLimits.ValueBytes, to, tally);
            }
            else
            {
                status.Skip(tag);
                to.Raw(status.Since(begin));
            }
        }

        to.Close(opened);
    }

    private void WriteWithAttributes(ReadOnlySpan<byte> message, uint attributesTag, uint textTag, ProtoWriter to, RequestTally tally)
    {
        var problem = default(WireProblem);
        var fields = new ProtoReader(message, ref problem);
        var count = 0;
        for (var begin = 0; fields.Next(out var tag); begin = fields.Position)
        {
            if (tag == attributesTag)
            {
                WriteAttribute(tag, fields.Bytes(), ref count, to, tally);
            }
            else if (tag == textTag)
            {
                Scrubber.WriteText(tag, fields.Bytes(), IntakeLimits.NameChars, to, tally);
            }
            else
            {
                fields.Skip(tag);
                to.Raw(fields.Since(begin));
            }
        }
    }

    private struct FieldCounts
    {
        public int Attributes;
        public int Events;
        public int Links;
    }
}
