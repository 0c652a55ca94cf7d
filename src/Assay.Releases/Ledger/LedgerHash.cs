using System.Security.Cryptography;
using System.Text;

namespace Assay.Releases.Ledger;

/// <summary>How links are chained. The formula stands in docs/reference/en/releases.md so that anybody can compute it without this program.</summary>
internal static class LedgerHash
{
    /// <summary>The previous hash of the first link.</summary>
    public const string None = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The first line of the text that is hashed: another formula would have another.</summary>
    private const string Formula = "assay.ledger/1";

    /// <summary>The hash of bytes, 64 hexadecimal digits in lower case.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The hash of a link: SHA-256 over nine lines of UTF-8, each ended by a line feed.</summary>
    public static string Of(long number, string previous, LedgerEntry entry, string bodyHash)
    {
        // No field holds a line break, so no two links have one text.
        var text =
            $"{Formula}\n{number}\n{previous}\n{entry.Release}\n{LedgerLine.NameOf(entry.Kind)}\n{entry.Key}\n{entry.Actor}\n{LedgerLine.TimeOf(entry.At)}\n{bodyHash}\n";
        return Of(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The link that an entry becomes behind another.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="previous">The hash of the link before.</param>
    /// <param name="entry">What happened; its body as <see cref="LedgerBody"/> makes it.</param>
    public static LedgerLink Link(long number, string previous, LedgerEntry entry)
    {
        var bodyHash = Of(entry.Body.Span);
        return new LedgerLink(number, previous, entry, bodyHash, Of(number, previous, entry, bodyHash));
    }
}
