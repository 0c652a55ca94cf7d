using System.Globalization;
using System.Text.Json;
using Assay.Releases.Files;
using Assay.Stores;

namespace Assay.Releases.Canaries;

/// <summary>Canaries, their leases and their looks as documents.</summary>
internal sealed class CanaryBook(IDocumentStore documents)
{
    /// <summary>The collection of states, by release id.</summary>
    public const string States = "canaries";

    /// <summary>The collection of looks.</summary>
    public const string LookCollection = "canary_looks";

    /// <summary>The collection of leases, by release id.</summary>
    public const string Leases = "canary_leases";

    /// <summary>The most looks of one step that are kept for charts; the ledger keeps all.</summary>
    public const int MostLooks = 2_000;

    /// <summary>The most canaries that are listed.</summary>
    public const int MostListed = 1_000;

    /// <summary>A canary; null when there is none.</summary>
    public async Task<StoredCanary?> FindAsync(ReleaseId release, CancellationToken cancellationToken) =>
        await documents.GetAsync(States, release.ToString(), cancellationToken) is { } found ? Read(found) : null;

    /// <summary>Canaries, the one that was written last first.</summary>
    public async Task<IReadOnlyList<StoredCanary>> ListAsync(string? name, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(States) { KeyPrefix = name is null ? null : name + "@", Limit = MostListed };
        return [.. (await documents.ListAsync(query, cancellationToken)).Select(Read)];
    }

    /// <summary>Writes a state over the version that was read; null when somebody else wrote meanwhile.</summary>
    public async Task<StoredCanary?> PutAsync(long version, CanaryState state, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(state, CanaryJson.Default.CanaryState);
        var write = new DocumentWrite(States, state.Release.ToString(), json) { ExpectedVersion = version, At = state.LookedAt };
        var outcome = await documents.PutAsync(write, cancellationToken);
        return outcome.Done ? new StoredCanary(state, outcome.Version) : null;
    }

    /// <summary>Remembers a look, once; the oldest of the step beyond the bound goes.</summary>
    public async Task RememberAsync(CanaryLook look, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(look, CanaryJson.Default.CanaryLook);
        await documents.PutAsync(
            new DocumentWrite(LookCollection, KeyOf(look.Release, look.Step, look.Look), json) { ExpectedVersion = 0, At = look.At },
            cancellationToken
        );
        if (look.Look > MostLooks)
        {
            await documents.DeleteAsync(LookCollection, KeyOf(look.Release, look.Step, look.Look - MostLooks), expectedVersion: null, cancellationToken);
        }
    }

    /// <summary>The latest remembered looks of a canary, the oldest first.</summary>
    public async Task<IReadOnlyList<CanaryLook>> LooksAsync(ReleaseId release, int limit, CancellationToken cancellationToken)
    {
        var found = await documents.ListAsync(new DocumentQuery(LookCollection) { KeyPrefix = release + "/", Limit = limit }, cancellationToken);
        return [.. found.Select(d => JsonSerializer.Deserialize(d.Json.Span, CanaryJson.Default.CanaryLook)!).OrderBy(l => l.Step).ThenBy(l => l.Look)];
    }

    /// <summary>Takes or renews the lease of a canary.</summary>
    /// <exception cref="AssayException">Another controller holds it (exit code 4): the message says who.</exception>
    public async Task<CanaryLease> LeaseAsync(ReleaseId release, string holder, TimeSpan lookEvery, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await documents.GetAsync(Leases, release.ToString(), cancellationToken);
        var there = found is null ? null : ReadLease(found);
        if (CanaryLease.After(there, holder, lookEvery, now) is not { } lease)
        {
            throw Held(release, there!);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(lease, CanaryJson.Default.CanaryLease);
        var write = new DocumentWrite(Leases, release.ToString(), json) { ExpectedVersion = found?.Version ?? 0 };
        if ((await documents.PutAsync(write, cancellationToken)).Done)
        {
            return lease;
        }

        // Somebody was faster; the same holder in another process of this machine too.
        var winner = await documents.GetAsync(Leases, release.ToString(), cancellationToken);
        throw Held(release, winner is null ? lease : ReadLease(winner));
    }

    private static AssayException Held(ReleaseId release, CanaryLease lease) =>
        AssayException.Infrastructure(
            string.Create(CultureInfo.InvariantCulture, $"{release} is controlled by {lease.Holder} until {lease.Until.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z."),
            "One controller looks at a canary at a time: ask that one, or wait until its lease ends. A rollback needs no lease."
        );

    private static string KeyOf(string release, int step, int look) => string.Create(CultureInfo.InvariantCulture, $"{release}/{step:d2}/{look:d7}");

    private static CanaryLease ReadLease(Document document) => JsonSerializer.Deserialize(document.Json.Span, CanaryJson.Default.CanaryLease)!;

    private static StoredCanary Read(Document document) =>
        new(JsonSerializer.Deserialize(document.Json.Span, CanaryJson.Default.CanaryState)!, document.Version);
}

/// <summary>A canary as it was read.</summary>
/// <param name="State">It.</param>
/// <param name="Version">The version of its document.</param>
internal sealed record StoredCanary(CanaryState State, long Version);
