using System.Text;
using Assay.Observability.Logging;

namespace Assay.Models.Calls;

/// <summary>What an endpoint said, fit for an error message: short, one line, without keys, personal data or the caller's own texts.</summary>
internal static class FailureText
{
    /// <summary>Characters of a body that a message shows at most.</summary>
    public const int MaxChars = 200;

    /// <summary>Bytes of a body that are looked at; a character has four at most, and redaction needs what follows.</summary>
    private const int MaxBytes = MaxChars * 8;

    /// <summary>As many characters in a row of a caller's text are taken for a quotation of it.</summary>
    private const int QuotedChars = 16;

    public static string Of(ReadOnlySpan<byte> body, string? key, IEnumerable<string> texts) =>
        Of(Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxBytes)]), key, texts);

    public static string Of(string said, string? key, IEnumerable<string> texts)
    {
        var clean = OneLine(said);
        if (!string.IsNullOrEmpty(key))
        {
            clean = clean.Replace(key, "[key]", StringComparison.OrdinalIgnoreCase);
        }

        clean = WithoutQuotations(Redactor.Redact(clean), [.. texts]);
        return clean.Length <= MaxChars ? clean : string.Concat(clean.AsSpan(0, MaxChars), "…");
    }

    private static string OneLine(string said)
    {
        var line = new StringBuilder(said.Length);
        foreach (var c in said)
        {
            var isSpace = char.IsControl(c) || char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format;
            if (!isSpace)
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    private static string WithoutQuotations(string said, IReadOnlyList<string> texts)
    {
        for (var at = 0; at + QuotedChars <= said.Length; at++)
        {
            var piece = said.AsSpan(at, QuotedChars);
            if (IsIn(piece, texts))
            {
                return string.Concat(said.AsSpan(0, at), "[the request's own text]");
            }
        }

        return said;
    }

    private static bool IsIn(ReadOnlySpan<char> piece, IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.AsSpan().Contains(piece, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
