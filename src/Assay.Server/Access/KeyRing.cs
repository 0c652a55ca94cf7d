using System.Collections.Concurrent;
using System.Text.Json;
using Assay.Stores;

namespace Assay.Server.Access;

/// <summary>All tokens and sessions, in memory and in the collection <c>access_keys</c>.</summary>
internal sealed class KeyRing(IDocumentStore documents, TimeProvider time)
{
    public const string Collection = "access_keys";

    /// <summary>Most keys of a kind; the oldest session makes room, for a token nothing does.</summary>
    public const int MostOfAKind = 1_000;

    private readonly ConcurrentDictionary<string, AccessKey> byHash = new();

    /// <summary>The key of a secret; null when there is none or it has expired.</summary>
    public AccessKey? Find(string secret)
    {
        var hash = AccessKey.HashOf(secret);
        return byHash.TryGetValue(hash, out var key) && key.IsOf(hash) && key.IsValidAt(time.GetUtcNow()) ? key : null;
    }

    public IReadOnlyList<AccessKey> List(AccessKeyKind kind) => [.. byHash.Values.Where(k => k.Kind == kind).OrderByDescending(k => k.Created)];

    /// <summary>Reads what earlier runs kept.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var kept = await documents.ListAsync(new DocumentQuery(Collection) { Limit = 2 * MostOfAKind }, cancellationToken);
        foreach (var key in kept.Select(d => JsonSerializer.Deserialize(d.Json.Span, AccessJson.Default.AccessKey)!))
        {
            byHash[key.Hash] = key;
        }
    }

    /// <summary>Adds a key that ends with the process: the administrator's, which is in a file.</summary>
    public void AddUnkept(AccessKey key) => byHash[key.Hash] = key;

    /// <exception cref="AssayException">There are too many tokens (exit code 2).</exception>
    public async Task AddAsync(AccessKey key, CancellationToken cancellationToken)
    {
        await MakeRoomAsync(key.Kind);
        var json = JsonSerializer.SerializeToUtf8Bytes(key, AccessJson.Default.AccessKey);
        await documents.PutAsync(new DocumentWrite(Collection, key.Hash, json) { At = key.Created }, cancellationToken);
        byHash[key.Hash] = key;
    }

    /// <summary>Ends a key at once. False when there is none.</summary>
    /// <exception cref="StoreBusyException">It could not be ended and is still valid; it can be tried again.</exception>
    /// <exception cref="AssayException">The store failed (exit code 4); the same.</exception>
    public async Task<bool> RemoveAsync(AccessKey key)
    {
        // First from the store: a key that is gone from memory alone cannot be ended a second time, and comes back with a restart. A caller that
        // goes away does not stop it half done either.
        await documents.DeleteAsync(Collection, key.Hash, expectedVersion: null, CancellationToken.None);
        return byHash.TryRemove(key.Hash, out _);
    }

    private async Task MakeRoomAsync(AccessKeyKind kind)
    {
        var now = time.GetUtcNow();
        var there = List(kind);
        foreach (var ended in there.Where(k => !k.IsValidAt(now)))
        {
            await RemoveAsync(ended);
        }

        var left = there.Where(k => k.IsValidAt(now)).ToList();
        if (left.Count < MostOfAKind)
        {
            return;
        }

        if (kind == AccessKeyKind.Token)
        {
            throw AssayException.Usage($"There are {left.Count} tokens already.", "Remove some with DELETE /api/v1/tokens/{id}.");
        }

        await RemoveAsync(left[^1]);
    }
}
