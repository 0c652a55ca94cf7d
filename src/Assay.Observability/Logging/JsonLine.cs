using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Assay.Observability.Logging;

/// <summary>
/// Writes one line of JSON into a buffer that is used again. It does less than <c>Utf8JsonWriter</c>: names and structure come as
/// ready bytes, and only values are looked at.
/// </summary>
internal sealed class JsonLine
{
    private const int FirstCapacity = 1_024;

    // A buffer that one giant line has grown is not kept for all the small ones.
    private const int MaxKept = 1 << 18;

    // JSON's own, and what some line readers take for the end of a line: U+0085, U+2028, U+2029.
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u007F\u0085\u2028\u2029" + string.Concat(Enumerable.Range(0, 0x20).Select(c => (char)c))
    );

    // Nearly all text is of these; a set within ASCII is searched several times faster than one with U+2028 in it.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        string.Concat(Enumerable.Range(0x20, 0x5F).Select(c => (char)c).Where(c => c is not ('"' or '\\')))
    );

    private byte[] buffer = new byte[FirstCapacity];
    private int length;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    public void Clear()
    {
        length = 0;
        if (buffer.Length > MaxKept)
        {
            buffer = new byte[FirstCapacity];
        }
    }

    /// <summary>Bytes that are JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        length += json.Length;
    }

    /// <summary>A name with its colon, and a comma before it unless it is the first.</summary>
    public void Name(string name, bool first)
    {
        if (!first)
        {
            Raw(","u8);
        }

        Text(name);
        Raw(":"u8);
    }

    /// <summary>A quoted string.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        Raw("\""u8);
        Bare(text);
        Raw("\""u8);
    }

    /// <summary>Text without quotes, so that one string can be written in parts.</summary>
    public void Bare(ReadOnlySpan<char> text)
    {
        var plain = text.IndexOfAnyExcept(Plain);
        Narrow(plain < 0 ? text : text[..plain]);
        if (plain >= 0)
        {
            BareUnicode(text[plain..]);
        }
    }

    /// <summary>A number or another value whose text needs no escaping.</summary>
    public void Value<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        int written;
        while (!value.TryFormat(buffer.AsSpan(length), out written, format, CultureInfo.InvariantCulture))
        {
            Grow(buffer.Length);
        }

        length += written;
    }

    private void BareUnicode(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var special = text.IndexOfAny(Escaped);
            if (special < 0)
            {
                Transcode(text);
                return;
            }

            Transcode(text[..special]);
            Escape(text[special]);
            text = text[(special + 1)..];
        }
    }

    private void Escape(char c)
    {
        switch (c)
        {
            case '"':
                Raw("\\\""u8);
                break;
            case '\\':
                Raw("\\\\"u8);
                break;
            case '\n':
                Raw("\\n"u8);
                break;
            case '\r':
                Raw("\\r"u8);
                break;
            case '\t':
                Raw("\\t"u8);
                break;
            default:
                Raw("\\u"u8);
                Value((int)c, "x4");
                break;
        }
    }

    private void Narrow(ReadOnlySpan<char> ascii)
    {
        Ascii.FromUtf16(ascii, Room(ascii.Length), out var written);
        length += written;
    }

    // A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
    private void Transcode(ReadOnlySpan<char> text)
    {
        var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        Utf8.FromUtf16(text, room, out _, out var written, replaceInvalidSequences: true, isFinalBlock: true);
        length += written;
    }

    private Span<byte> Room(int count)
    {
        if (buffer.Length - length < count)
        {
            Grow(count);
        }

        return buffer.AsSpan(length);
    }

    private void Grow(int count) => Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
}
