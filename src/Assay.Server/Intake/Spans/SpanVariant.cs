using Assay.Server.Intake.Content;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Spans;

/// <summary>Flags and their variants, from the span's own attributes and from the events that an evaluation leaves.</summary>
internal static class SpanVariant
{
    /// <summary><c>flag=variant</c> joined by commas in order of the flag; empty when there are none. The last evaluation of a flag counts.</summary>
    public static string Of(in SpanFacts facts, ReadOnlySpan<byte> span, InternTable texts)
    {
        var own = !facts.FlagKey.IsEmpty && !facts.FlagVariant.IsEmpty;
        if (!own && !facts.HasFlagEvents)
        {
            return "";
        }

        if (!facts.HasFlagEvents)
        {
            return $"{texts.Get(facts.FlagKey)}={texts.Get(facts.FlagVariant)}";
        }

        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (own)
        {
            found[texts.Get(facts.FlagKey)] = texts.Get(facts.FlagVariant);
        }

        AddEvents(span, texts, found);
        return string.Join(',', found.Select(f => $"{f.Key}={f.Value}"));
    }

    private static void AddEvents(ReadOnlySpan<byte> message, InternTable texts, SortedDictionary<string, string> found)
    {
        var problem = default(WireProblem);
        var span = new ProtoReader(message, ref problem);
        while (span.Next(out var tag))
        {
            if (tag == SpanTag.Events)
            {
                AddEvent(span.Message(), texts, found);
            }
            else
            {
                span.Skip(tag);
            }
        }
    }

    private static void AddEvent(ProtoReader message, InternTable texts, SortedDictionary<string, string> found)
    {
        ReadOnlySpan<byte> name = default;
        ReadOnlySpan<byte> flag = default;
        ReadOnlySpan<byte> variant = default;
        while (message.Next(out var tag))
        {
            if (tag == EventTag.Name)
            {
                name = message.Bytes();
            }
            else if (tag == EventTag.Attributes)
            {
                var attribute = KeyValue.Read(message.Message());
                var key = AttributeKeys.Find(attribute.Key);
                flag = key == AttributeKey.FlagKey ? attribute.Value.Text : flag;
                variant = key == AttributeKey.FlagVariant ? attribute.Value.Text : variant;
            }
            else
            {
                message.Skip(tag);
            }
        }

        if (EventNames.IsFlag(name) && !flag.IsEmpty && !variant.IsEmpty && found.Count < IntakeLimits.Flags)
        {
            found[texts.Get(flag)] = texts.Get(variant);
        }
    }
}
