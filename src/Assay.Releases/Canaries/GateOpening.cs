using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;

namespace Assay.Releases.Canaries;

/// <summary>Whether the ledger says that the gate of a release is open: its newest decision is a pass, for the same candidate and file, and no older than its evidence may be.</summary>
internal static class GateOpening
{
    // Links of one release are some hundreds; these are as many as twenty thousand looks.
    private const int PageSize = 1_000;
    private const int MostPages = 20;

    /// <summary>Why it is not open; null when it is.</summary>
    public static string? WhyClosed(GateDecision? gate, ReleaseFile file, string commit, DateTimeOffset now)
    {
        if (gate is null)
        {
            return "nobody asked the gate yet";
        }

        var age = now - gate.At;
        var most = file.Gate.Evidence.Select(n => Durations.TryRead(n.MaxAge)).OfType<TimeSpan>().DefaultIfEmpty(TimeSpan.FromDays(7)).Min();
        return gate.Verdict != Verdict.Pass ? $"it came to {Word(gate.Verdict)}: {gate.Reason}"
            : age > most ? $"it was decided {Durations.Text(age)} ago, and its evidence may be {Durations.Text(most)} old"
            : commit.Length > 0 && !Same(gate.Commit, commit)
                ? $"it was asked about {(gate.Commit.Length == 0 ? "no commit" : gate.Commit)}, not about {commit}"
            : gate.FileHash != FileHashing.Of(file) ? "the release file was changed since"
            : null;
    }

    /// <summary>The newest decision of the gate; null for none.</summary>
    public static async Task<GateDecision?> FindAsync(ILedger ledger, ReleaseId release, CancellationToken cancellationToken)
    {
        LedgerLink? newest = null;
        var after = 0L;
        for (var page = 0; page < MostPages; page++)
        {
            var links = await ledger.ReadAsync(release.ToString(), after, PageSize, cancellationToken);
            newest = links.LastOrDefault(l => l.Entry.Kind == LedgerKind.Gate) ?? newest;
            if (links.Count < PageSize)
            {
                break;
            }

            after = links[^1].Number;
        }

        return newest is null ? null : GateDecision.Of(newest);
    }

    /// <summary>The refusal to start.</summary>
    public static AssayException Closed(ReleaseId release, string why) =>
        AssayException.Usage(
            $"The gate of {release} is not open: {why.TrimEnd('.')}.",
            $"Ask it with `assay release gate {release.Name} --version {release.Version}`, or give --force with a reason, which stands in the ledger."
        );

    // A short commit names the same as a long one.
    private static bool Same(string a, string b) =>
        a.Length > 0 && (a.StartsWith(b, StringComparison.OrdinalIgnoreCase) || b.StartsWith(a, StringComparison.OrdinalIgnoreCase));

    private static string Word(Verdict verdict) => verdict == Verdict.NoData ? "no data" : verdict.ToString().ToLowerInvariant();
}
