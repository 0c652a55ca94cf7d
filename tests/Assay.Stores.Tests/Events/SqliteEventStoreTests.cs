namespace Assay.Stores.Tests.Events;

public sealed class SqliteEventStoreTests : EventStoreContract
{
    private protected override async Task<OpenedStore> OpenAsync() => await OpenedSqlite.OpenAsync(Cancel);
}
