using System.Buffers;
using System.Text;
using Assay.Observability.Logging;

namespace Assay.Server.Intake.Content;

/// <summary>Looks at UTF-8 text as the redaction of logs does.</summary>
internal static class TextRedaction
{
    // "pwd=x" is the shortest text that is redacted.
    private const int Shortest = 5;
    private const int OnStack = 512;

    /// <summary>Whether there is something to take out. Allocates nothing for short texts.</summary>
    public static bool IsNeeded(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < Shortest)
        {
            return false;
        }

        if (utf8.Length <= OnStack)
        {
            Span<char> chars = stackalloc char[OnStack];
            return Redactor.IsNeeded(chars[..Encoding.UTF8.GetChars(utf8, chars)]);
        }

        var rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        var needed = Redactor.IsNeeded(rented.AsSpan(0, Encoding.UTF8.GetChars(utf8, rented)));
        ArrayPool<char>.Shared.Return(rented);
        return needed;
    }

    /// <summary>The text without personal data and secrets.</summary>
    public static string Redact(ReadOnlySpan<byte> utf8) => Redactor.Redact(Encoding.UTF8.GetString(utf8));

    /// <summary>The longest begin of at most so many characters that does not cut a pair of surrogates.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text
        : char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)]
        : text[..most];

    /// <summary>The longest begin of at most so many bytes that does not cut a character.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> utf8, int most)
    {
        if (utf8.Length <= most)
        {
            return utf8;
        }

        var end = most;
        while (end > most - 4 && end > 0 && (utf8[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return utf8[..end];
    }
}
