using System.Globalization;
using System.Text.Json;
using Assay.Experimentation.Flags;
using Assay.Stores;

namespace Assay.Server.Flags;

/// <summary>
/// Overrides and their history as documents. The override of a flag is its newest history entry; before it is replaced it is copied to the history, under its own
/// version. A process that dies between the two has copied what is still in force: override and history never disagree, and the copy is written once.
/// </summary>
internal sealed class FlagDocuments(IDocumentStore documents)
{
    public const string Overrides = "flag_overrides";
    public const string History = "flag_history";

    /// <summary>The most history entries that can be reached.</summary>
    public const int DeepestHistory = 9_000;

    private const int PageSize = 10_000;

    /// <summary>All overrides, by no order that means something.</summary>
    public async Task<IReadOnlyList<FlagOverride>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<FlagOverride>();
        while (true)
        {
            var query = new DocumentQuery(Overrides) { Skip = found.Count, Limit = PageSize };
            var page = await documents.ListAsync(query, cancellationToken);
            found.AddRange(page.Select(Read));
            if (page.Count < PageSize)
            {
                return found;
            }
        }
    }

    /// <summary>The override of a flag; null when it never had one.</summary>
    public async Task<FlagOverride?> FindAsync(string flag, CancellationToken cancellationToken) =>
        await documents.GetAsync(Overrides, flag, cancellationToken) is { } found ? Read(found) : null;

    /// <summary>Puts an override in the place of another; on disk when the task completes.</summary>
    /// <param name="before">The one that must be in force; null for none.</param>
    /// <param name="next">The new one.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether it was done, and the version that is there now.</returns>
    public async Task<DocumentOutcome> PutAsync(FlagOverride? before, FlagOverride next, CancellationToken cancellationToken)
    {
        if (before is not null)
        {
            var copy = new DocumentWrite(History, KeyOf(before.Flag, before.Version), Write(before)) { ExpectedVersion = 0, At = before.At };
            await documents.PutAsync(copy, cancellationToken);
        }

        var write = new DocumentWrite(Overrides, next.Flag, Write(next)) { ExpectedVersion = before?.Version ?? 0, At = next.At };
        return await documents.PutAsync(write, cancellationToken);
    }

    /// <summary>What was decided about a flag, the newest first; the first is in force.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="skip">How many to pass over, 0 to <see cref="DeepestHistory"/>.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<FlagOverride>> HistoryAsync(string flag, int skip, int limit, CancellationToken cancellationToken)
    {
        if (await FindAsync(flag, cancellationToken) is not { } current)
        {
            return [];
        }

        var query = new DocumentQuery(History) { KeyPrefix = flag + "/", Limit = skip + limit + 1 };
        var before = (await documents.ListAsync(query, cancellationToken)).Select(ReadCopy);
        // A copy of the one in force is there when a process died, or lost a race, before it was replaced.
        return [.. before.Where(b => b.Version < current.Version).OrderByDescending(b => b.Version).Prepend(current).Skip(skip).Take(limit)];
    }

    private static string KeyOf(string flag, long version) => string.Create(CultureInfo.InvariantCulture, $"{flag}/{version:d19}");

    private static byte[] Write(FlagOverride decided) => JsonSerializer.SerializeToUtf8Bytes(decided, FlagsJson.Default.FlagOverride);

    private static FlagOverride ReadCopy(Document document) => JsonSerializer.Deserialize(document.Json.Span, FlagsJson.Default.FlagOverride)!;

    private static FlagOverride Read(Document document) => ReadCopy(document) with { Version = document.Version };
}
