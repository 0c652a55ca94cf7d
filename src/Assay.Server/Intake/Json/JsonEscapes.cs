using System.Buffers.Text;
using System.Text;

namespace Assay.Server.Intake.Json;

/// <summary>
/// Strings of JSON without their escapes. Half of a surrogate pair, which JavaScript leaves where it cuts a text, becomes U+FFFD: one such
/// letter must not cost a whole batch.
/// </summary>
internal static class JsonEscapes
{
    private const int HexDigits = 4;

    /// <summary>Writes the text of a string whose escapes are known to be well formed; it is never longer than the string.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> to)
    {
        var written = 0;
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            plain = plain < 0 ? escaped.Length : plain;
            escaped[..plain].CopyTo(to[written..]);
            written += plain;
            escaped = escaped[plain..];
            if (escaped.Length >= 2)
            {
                escaped = escaped[1..];
                written += ReadOne(ref escaped).EncodeToUtf8(to[written..]);
            }
        }

        return written;
    }

    private static Rune ReadOne(ref ReadOnlySpan<byte> escaped)
    {
        var letter = escaped[0];
        if (letter == 'u')
        {
            return ReadRune(ref escaped);
        }

        escaped = escaped[1..];
        return new Rune(
            (char)(
                letter switch
                {
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    _ => letter,
                }
            )
        );
    }

    private static Rune ReadRune(ref ReadOnlySpan<byte> escaped)
    {
        var first = ReadUnit(ref escaped);
        if (Rune.TryCreate(first, out var rune))
        {
            return rune;
        }

        if (char.IsHighSurrogate(first) && escaped.StartsWith("\\u"u8))
        {
            var rest = escaped[1..];
            var second = ReadUnit(ref rest);
            if (Rune.TryCreate(first, second, out rune))
            {
                escaped = rest;
                return rune;
            }
        }

        return Rune.ReplacementChar;
    }

    // Stands at the u.
    private static char ReadUnit(ref ReadOnlySpan<byte> escaped)
    {
        var digits = escaped.Slice(1, HexDigits);
        escaped = escaped[(1 + HexDigits)..];
        return Utf8Parser.TryParse(digits, out ushort unit, out _, 'x') ? (char)unit : (char)Rune.ReplacementChar.Value;
    }
}
