using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Content;

/// <summary>Whether values may be stored as they came. Reads all of a value, so that what lies deep in it is well formed too.</summary>
/// <param name="keepContent">Whether prompts, answers and chunks are stored, redacted; otherwise they are left out.</param>
internal sealed class ContentPolicy(bool keepContent)
{
    /// <summary>Whether an attribute may be stored as it came.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="key">What its key means.</param>
    /// <param name="problem">Set when the value is not well formed.</param>
    public bool IsClean(in KeyValue attribute, AttributeKey key, ref WireProblem problem) =>
        IsClean(attribute.Value, ref problem, 1)
        && (key != AttributeKey.Content || keepContent)
        && (key != AttributeKey.Secret || !attribute.Value.MayHoldSecret)
        && attribute.Key.Length <= IntakeLimits.KeyBytes;

    /// <summary>Whether an attribute is left out.</summary>
    public bool IsLeftOut(AttributeKey key) => key == AttributeKey.Content && !keepContent;

    /// <summary>Whether an event or record of that name loses what it says.</summary>
    public bool IsLeftOut(ReadOnlySpan<byte> eventName) => !keepContent && ContentNames.IsEvent(eventName);

    /// <summary>Whether the name of a span, an event or a severity may be stored as it came.</summary>
    public static bool IsCleanName(ReadOnlySpan<byte> name) => name.Length <= IntakeLimits.NameChars && !TextRedaction.IsNeeded(name);

    /// <summary>Whether a value may be stored as it came, at a depth of nesting.</summary>
    public static bool IsClean(in AnyValue value, ref WireProblem problem, int depth) =>
        value.Tag switch
        {
            AnyValueTag.Text => value.Bytes.Length <= IntakeLimits.ValueBytes && !TextRedaction.IsNeeded(value.Bytes),
            AnyValueTag.Bytes => value.Bytes.Length <= IntakeLimits.ValueBytes,
            AnyValueTag.Array or AnyValueTag.Map => depth <= IntakeLimits.Depth
                && value.Bytes.Length <= IntakeLimits.ValueBytes
                && AreClean(value, ref problem, depth + 1),
            _ => true,
        };

    private static bool AreClean(in AnyValue list, ref WireProblem problem, int depth)
    {
        var clean = true;
        var items = new ProtoReader(list.Bytes, ref problem, list.Offset);
        while (items.Next(out var tag))
        {
            if (tag != ListTag.Items)
            {
                items.Skip(tag);
                continue;
            }

            clean &=
                list.Tag == AnyValueTag.Array ? IsClean(AnyValue.Read(items.Message()), ref problem, depth) : IsCleanEntry(items.Message(), ref problem, depth);
        }

        return clean;
    }

    private static bool IsCleanEntry(ProtoReader message, ref WireProblem problem, int depth)
    {
        var entry = KeyValue.Read(message);
        return IsClean(entry.Value, ref problem, depth) & !(entry.Value.MayHoldSecret && AttributeKeys.Find(entry.Key) == AttributeKey.Secret);
    }
}
