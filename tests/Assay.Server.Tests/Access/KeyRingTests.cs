using Assay.Embedded;
using Assay.Server.Access;
using Assay.Server.Tests.Canaries;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Access;

public sealed class KeyRingTests
{
    [Fact]
    public async Task A_token_that_the_store_could_not_end_can_be_ended_again_and_does_not_come_back()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await using var store = await EmbeddedStore.OpenAsync(folder.File("data"), TimeProvider.System, cancel);
        var documents = new BrokenDocuments(store.Documents);
        var keys = new KeyRing(documents, TimeProvider.System);
        var secret = AccessKey.NewSecret();
        var key = AccessKey.Of(secret, AccessKeyKind.Token, "sender", [Scope.Ingest], TimeProvider.System.GetUtcNow(), expires: null);
        await keys.AddAsync(key, cancel);

        documents.IsDown = true;
        await Should.ThrowAsync<AssayException>(() => keys.RemoveAsync(key));
        keys.Find(secret).ShouldNotBeNull("it is valid after a restart, so it must be listed to be ended again");
        documents.IsDown = false;
        (await keys.RemoveAsync(key)).ShouldBeTrue();
        keys.Find(secret).ShouldBeNull();

        var next = new KeyRing(documents, TimeProvider.System);
        await next.LoadAsync(cancel);
        next.Find(secret).ShouldBeNull();
    }
}
