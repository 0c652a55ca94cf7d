using Assay.Releases.Canaries;
using Assay.Releases.Ledger;
using Assay.Stores;

namespace Assay.Releases.Tests.Canaries;

/// <summary>The controller is killed here: no handler of the program may catch it.</summary>
internal sealed class KilledException : Exception;

/// <summary>Kills at the n-th place between two effects: before an effect, and after it before anybody hears of it.</summary>
/// <param name="at">Which place, from 1; 0 counts and kills nowhere.</param>
internal sealed class Death(int at)
{
    public int Places { get; private set; }

    public void Near()
    {
        if (++Places == at)
        {
            throw new KilledException();
        }
    }

    public async Task<T> AroundAsync<T>(Func<Task<T>> effect)
    {
        Near();
        var result = await effect();
        Near();
        return result;
    }
}

internal sealed class DyingDocuments(IDocumentStore inner, Death death) : IDocumentStore
{
    public Task<Document?> GetAsync(string collection, string key, CancellationToken cancellationToken) =>
        death.AroundAsync(() => inner.GetAsync(collection, key, cancellationToken));

    public Task<IReadOnlyList<Document>> ListAsync(DocumentQuery query, CancellationToken cancellationToken) =>
        death.AroundAsync(() => inner.ListAsync(query, cancellationToken));

    public Task<DocumentOutcome> PutAsync(DocumentWrite write, CancellationToken cancellationToken) =>
        death.AroundAsync(() => inner.PutAsync(write, cancellationToken));

    public Task<DocumentOutcome> DeleteAsync(string collection, string key, long? expectedVersion, CancellationToken cancellationToken) =>
        death.AroundAsync(() => inner.DeleteAsync(collection, key, expectedVersion, cancellationToken));

    public IAsyncEnumerable<DocumentChange> WatchAsync(string collection, CancellationToken cancellationToken) =>
        inner.WatchAsync(collection, cancellationToken);
}

internal sealed class DyingLedger(ILedger inner, Death death) : ILedger
{
    public Task<LedgerLink> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken) =>
        death.AroundAsync(() => inner.AppendAsync(entry, cancellationToken));

    public Task<IReadOnlyList<LedgerLink>> ReadAsync(string? release, long after, int limit, CancellationToken cancellationToken) =>
        death.AroundAsync(() => inner.ReadAsync(release, after, limit, cancellationToken));
}

internal sealed class DyingSplit(ITrafficSplit inner, Death death) : ITrafficSplit
{
    public Task SetAsync(decimal percent, string reason, CancellationToken cancellationToken) =>
        death.AroundAsync(async () =>
        {
            await inner.SetAsync(percent, reason, cancellationToken);
            return true;
        });

    public Task<decimal?> ReadAsync(CancellationToken cancellationToken) => death.AroundAsync(() => inner.ReadAsync(cancellationToken));
}
