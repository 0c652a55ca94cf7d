using System.Collections;
using System.Globalization;

namespace Assay.Observability.Logging;

/// <summary>The text of one message, rendered into a buffer that is used again.</summary>
internal sealed class MessageText
{
    private const int FirstCapacity = 512;
    private const int MaxKept = 1 << 16;
    private char[] buffer = new char[FirstCapacity];
    private int length;

    public ReadOnlySpan<char> Written => buffer.AsSpan(0, length);

    public void Clear()
    {
        length = 0;
        if (buffer.Length > MaxKept)
        {
            buffer = new char[FirstCapacity];
        }
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (buffer.Length - length < text.Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(buffer.AsSpan(length));
        length += text.Length;
    }

    /// <summary>Appends a value as .NET's formatter would; false leaves lists and other shapes to that formatter.</summary>
    public bool TryAppend(object? value, string? format)
    {
        switch (value)
        {
            case string text:
                Append(text);
                return true;
            case null:
                Append("(null)");
                return true;
            case ISpanFormattable formattable:
                AppendFormatted(formattable, format);
                return true;
            case IEnumerable:
                return false;
            case IFormattable formattable:
                Append(formattable.ToString(format, CultureInfo.InvariantCulture));
                return true;
            default:
                Append(value.ToString());
                return true;
        }
    }

    private void AppendFormatted(ISpanFormattable value, string? format)
    {
        int written;
        while (!value.TryFormat(buffer.AsSpan(length), out written, format, CultureInfo.InvariantCulture))
        {
            Grow(buffer.Length);
        }

        length += written;
    }

    private void Grow(int count) => Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
}
