using System.Globalization;
using System.Text;
using Assay.Server.Intake.Content;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Details;

/// <summary>Values as people read them: <c>["a", 1, true]</c>, <c>{k: "v"}</c>, bytes as hexadecimal digits.</summary>
internal static class ValueText
{
    // Bytes are for recognising, not for reading.
    private const int MostBytes = 64;

    /// <summary>The text of a value; texts as they are, without quotation marks.</summary>
    public static string Of(in AnyValue value)
    {
        if (value.IsText)
        {
            return Encoding.UTF8.GetString(value.Bytes);
        }

        var text = new StringBuilder();
        Append(text, value, 1);
        return text.ToString();
    }

    private static void Append(StringBuilder text, in AnyValue value, int depth)
    {
        switch (value.Tag)
        {
            case AnyValueTag.Text:
                text.Append('"').Append(Encoding.UTF8.GetString(value.Bytes)).Append('"');
                break;
            case AnyValueTag.Bool:
                text.Append(value.IsTrue ? "true" : "false");
                break;
            case AnyValueTag.Int:
                text.Append(((long)value.Number).ToString(CultureInfo.InvariantCulture));
                break;
            case AnyValueTag.Double:
                text.Append(BitConverter.UInt64BitsToDouble(value.Number).ToString(CultureInfo.InvariantCulture));
                break;
            case AnyValueTag.Bytes:
                AppendBytes(text, value.Bytes);
                break;
            case AnyValueTag.Array or AnyValueTag.Map when depth <= IntakeLimits.Depth:
                AppendList(text, value, depth + 1);
                break;
            default:
                text.Append(value.IsList ? "…" : "");
                break;
        }
    }

    private static void AppendBytes(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        text.Append(Convert.ToHexStringLower(bytes[..Math.Min(bytes.Length, MostBytes)]));
        if (bytes.Length > MostBytes)
        {
            text.Append(CultureInfo.InvariantCulture, $"… ({bytes.Length} bytes)");
        }
    }

    private static void AppendList(StringBuilder text, in AnyValue list, int depth)
    {
        var isMap = list.Tag == AnyValueTag.Map;
        var problem = default(WireProblem);
        var items = new ProtoReader(list.Bytes, ref problem);
        var separator = "";
        text.Append(isMap ? '{' : '[');
        while (items.Next(out var tag))
        {
            if (tag != ListTag.Items)
            {
                items.Skip(tag);
                continue;
            }

            text.Append(separator);
            separator = ", ";
            if (isMap)
            {
                var entry = KeyValue.Read(items.Message());
                text.Append(Encoding.UTF8.GetString(entry.Key)).Append(": ");
                Append(text, entry.Value, depth);
            }
            else
            {
                Append(text, AnyValue.Read(items.Message()), depth);
            }
        }

        text.Append(isMap ? '}' : ']');
    }
}
