using System.Text;
using Assay.Text;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>Which differences between two texts count for nothing. Composed and decomposed letters (й) are always the same.</summary>
internal sealed record Wording(bool IgnoreCase, bool IgnoreSpace, bool IgnoreYo, bool IgnorePunctuation)
{
    /// <summary>What an entry asks for; capitals, white space and ё count for nothing unless it says otherwise.</summary>
    public static Wording Of(MetricEntry entry) =>
        new(entry.IgnoreCase ?? true, entry.IgnoreSpace ?? true, entry.IgnoreYo ?? true, entry.IgnorePunctuation ?? false);

    /// <summary>The text without these differences. Linear in its length.</summary>
    public string Write(string text)
    {
        var written = new StringBuilder(text.Length);
        var pendingSpace = false;
        foreach (var rune in Composition.Compose(text).EnumerateRunes())
        {
            if (IgnorePunctuation && Rune.IsPunctuation(rune))
            {
                continue;
            }

            if (IgnoreSpace && Rune.IsWhiteSpace(rune))
            {
                pendingSpace = written.Length > 0;
                continue;
            }

            if (pendingSpace)
            {
                written.Append(' ');
                pendingSpace = false;
            }

            Append(written, rune);
        }

        return written.ToString();
    }

    private void Append(StringBuilder written, Rune rune)
    {
        var folded = IgnoreCase ? Rune.ToLowerInvariant(rune) : rune;
        folded = folded.Value switch
        {
            'ё' when IgnoreYo => new Rune('е'),
            'Ё' when IgnoreYo => new Rune('Е'),
            _ => folded,
        };
        Span<char> units = stackalloc char[2];
        written.Append(units[..folded.EncodeToUtf16(units)]);
    }
}
