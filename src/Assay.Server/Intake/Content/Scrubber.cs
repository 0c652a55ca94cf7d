using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Content;

/// <summary>
/// Writes a message anew without what may not be stored: content, secrets, personal data, and what lies beyond the bounds. The message was read
/// before and is well formed.
/// </summary>
internal sealed class Scrubber(ContentPolicy policy)
{
    private static ReadOnlySpan<byte> Secret => "[secret]"u8;

    /// <summary>An attribute; nothing when it is left out.</summary>
    public void WriteAttribute(uint tag, ReadOnlySpan<byte> keyValue, ProtoWriter to, RequestTally tally)
    {
        var problem = default(WireProblem);
        var attribute = KeyValue.Read(new ProtoReader(keyValue, ref problem));
        var key = AttributeKeys.Find(attribute.Key);
        if (policy.IsLeftOut(key))
        {
            tally.ContentDropped++;
            return;
        }

        if (attribute.Key.Length > IntakeLimits.KeyBytes)
        {
            tally.AttributesDropped++;
            return;
        }

        var begin = to.Open(tag);
        WriteEntry(attribute, key, to, tally, 1);
        to.Close(begin);
    }

    /// <summary>A text field: redacted, and cut at a bound in bytes.</summary>
    public static void WriteText(uint tag, ReadOnlySpan<byte> utf8, int most, ProtoWriter to, RequestTally tally)
    {
        var cut = TextRedaction.Cut(utf8, most);
        tally.Truncated += cut.Length < utf8.Length ? 1 : 0;
        if (!TextRedaction.IsNeeded(cut))
        {
            to.Bytes(tag, cut);
            return;
        }

        tally.Redacted++;
        to.Text(tag, TextRedaction.Redact(cut));
    }

    /// <summary>The fields of a value.</summary>
    public static void WriteValue(in AnyValue value, ProtoWriter to, RequestTally tally, int depth)
    {
        switch (value.Tag)
        {
            case AnyValueTag.Text:
                WriteText(AnyValueTag.Text, value.Bytes, IntakeLimits.ValueBytes, to, tally);
                break;
            case AnyValueTag.Bytes:
                tally.Truncated += value.Bytes.Length > IntakeLimits.ValueBytes ? 1 : 0;
                to.Bytes(AnyValueTag.Bytes, value.Bytes[..Math.Min(value.Bytes.Length, IntakeLimits.ValueBytes)]);
                break;
            case AnyValueTag.Bool:
            case AnyValueTag.Int:
                to.Varint(value.Tag, value.Number);
                break;
            case AnyValueTag.Double:
                to.Fixed64(value.Tag, value.Number);
                break;
            case AnyValueTag.Array or AnyValueTag.Map when depth <= IntakeLimits.Depth:
                WriteList(value, to, tally, depth);
                break;
            default:
                tally.Truncated += value.IsList ? 1 : 0;
                break;
        }
    }

    private static void WriteList(in AnyValue list, ProtoWriter to, RequestTally tally, int depth)
    {
        var begin = to.Open(list.Tag);
        var problem = default(WireProblem);
        var items = new ProtoReader(list.Bytes, ref problem);
        while (items.Next(out var tag))
        {
            if (tag != ListTag.Items)
            {
                items.Skip(tag);
                continue;
            }

            var before = to.Length;
            WriteItem(list.Tag, items.Message(), to, tally, depth + 1);
            if (to.Length - begin > IntakeLimits.ValueBytes)
            {
                to.Truncate(before);
                tally.Truncated++;
                break;
            }
        }

        to.Close(begin);
    }

    private static void WriteItem(uint listTag, ProtoReader message, ProtoWriter to, RequestTally tally, int depth)
    {
        var item = to.Open(ListTag.Items);
        if (listTag == AnyValueTag.Array)
        {
            WriteValue(AnyValue.Read(message), to, tally, depth);
        }
        else
        {
            var entry = KeyValue.Read(message);
            WriteEntry(entry, AttributeKeys.Find(entry.Key), to, tally, depth);
        }

        to.Close(item);
    }

    private static void WriteEntry(in KeyValue entry, AttributeKey key, ProtoWriter to, RequestTally tally, int depth)
    {
        to.Bytes(KeyValueTag.Key, entry.Key);
        var value = to.Open(KeyValueTag.Value);
        if (key == AttributeKey.Secret && entry.Value.MayHoldSecret)
        {
            tally.Redacted++;
            to.Bytes(AnyValueTag.Text, Secret);
        }
        else
        {
            WriteValue(entry.Value, to, tally, depth);
        }

        to.Close(value);
    }
}
