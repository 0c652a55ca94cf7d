using Assay.Embedded;

namespace Assay.Stores.Tests.Documents;

public sealed class SqliteDocumentStoreTests : DocumentStoreContract
{
    private readonly TestFolder folder = new();
    private TimeProvider time = TimeProvider.System;
    private EmbeddedStore? open;

    [Fact]
    public async Task A_watch_ends_when_the_store_is_closed()
    {
        var changes = open!.Documents.WatchAsync("things", Ended);
        await PutAsync("a");
        await CloseStoreAsync();
        var seen = new List<string>();
        await foreach (var change in changes)
        {
            seen.Add(change.Key);
        }

        seen.ShouldBe(["a"]);
    }

    protected override Task<IDocumentStore> OpenAsync(TimeProvider time)
    {
        this.time = time;
        return OpenStoreAsync();
    }

    protected override async Task<IDocumentStore> ReopenAsync()
    {
        await CloseStoreAsync();
        return await OpenStoreAsync();
    }

    protected override async ValueTask CloseAsync()
    {
        await CloseStoreAsync();
        folder.Dispose();
    }

    private async Task<IDocumentStore> OpenStoreAsync()
    {
        open = await EmbeddedStore.OpenAsync(folder.Path, time, Ended);
        return open.Documents;
    }

    private async Task CloseStoreAsync()
    {
        if (open is not null)
        {
            await open.DisposeAsync();
            open = null;
        }
    }
}
