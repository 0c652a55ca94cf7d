using System.Text;

namespace Assay.Embedded.Documents;

/// <summary>The keys that begin with a prefix, as SQLite orders them: by code point.</summary>
/// <param name="First">The first key of the range.</param>
/// <param name="Before">The first key behind the range; null when no key lies behind it.</param>
internal sealed record KeyRange(string First, string? Before)
{
    public static KeyRange Of(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0)
        {
            var last = runes[^1].Value;
            runes.RemoveAt(runes.Count - 1);
            if (last < 0x10FFFF)
            {
                // Surrogates are no code points of their own.
                runes.Add(new Rune(last == 0xD7FF ? 0xE000 : last + 1));
                return new KeyRange(prefix, string.Concat(runes));
            }
        }

        return new KeyRange(prefix, null);
    }
}
