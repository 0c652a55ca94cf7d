using Assay.Flags;

namespace RagService.Asking;

/// <summary>Where to read on: who has the flag <c>see_also</c> is also told documents that were found and that the answer does not quote.</summary>
internal sealed class SeeAlso(IFlagReader flags)
{
    /// <summary>The flag, and the release that brings it out: <c>catalog/releases/see_also.yaml</c>.</summary>
    public const string Flag = "see_also";

    /// <summary>Documents beside the cited ones; a longer list is a search result and no answer.</summary>
    private const int Most = 3;

    /// <summary>Whether it is for whoever asks. A preview passes the flag by and is in neither arm of a canary: what is not out yet can be benchmarked.</summary>
    /// <param name="unit">Who asks.</param>
    /// <param name="preview">The flag whose variant is asked for; null for none.</param>
    public bool IsFor(in Unit unit, string? preview) => preview == Flag || flags.IsEnabled(Flag, unit);

    /// <summary>The documents to read, the cited ones first.</summary>
    public static IReadOnlyList<string> Documents(AskedAnswer asked, bool readsOn)
    {
        List<string> cited = [.. asked.Answer.Citations.OrderBy(c => c.Key).Select(c => c.Value.Document).Distinct(StringComparer.Ordinal)];
        // Where nothing answers there is nothing to read on from.
        return readsOn && cited.Count > 0 ? [.. cited, .. asked.Found.Except(cited, StringComparer.Ordinal).Take(Most)] : cited;
    }
}
