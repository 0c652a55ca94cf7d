using Assay.Embedded;

namespace Assay.Stores.Tests.Folders;

public sealed class EmbeddedReaderTests : IDisposable
{
    private readonly TestFolder place = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_reader_sees_what_the_holder_commits_and_cannot_write()
    {
        await using var store = await EmbeddedStore.OpenAsync(place.Path, TimeProvider.System, Ended);
        await PutAsync(store.Documents, "a");
        await using var reader = EmbeddedReader.Open(place.Path, TimeProvider.System);
        (await KeysAsync(reader.Documents)).ShouldBe(["a"]);
        await PutAsync(store.Documents, "b");
        (await KeysAsync(reader.Documents)).ShouldBe(["a", "b"]);
        (await reader.Events.MeasureAsync(Ended)).Spans.ShouldBe(0);
        (await Should.ThrowAsync<AssayException>(() => PutAsync(reader.Documents, "c"))).ExitCode.ShouldBe(ExitCode.Infrastructure);
        await PutAsync(store.Documents, "d");
        (await KeysAsync(reader.Documents)).ShouldBe(["a", "b", "d"]);
    }

    [Fact]
    public async Task A_reader_outlives_the_holder_and_reads_when_nobody_holds_the_folder()
    {
        await using (var store = await EmbeddedStore.OpenAsync(place.Path, TimeProvider.System, Ended))
        {
            await PutAsync(store.Documents, "a");
        }

        await using var reader = EmbeddedReader.Open(place.Path, TimeProvider.System);
        (await KeysAsync(reader.Documents)).ShouldBe(["a"]);
        await using var next = await EmbeddedStore.OpenAsync(place.Path, TimeProvider.System, Ended);
        await PutAsync(next.Documents, "b");
        (await KeysAsync(reader.Documents)).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Where_there_is_no_database_none_is_made()
    {
        var refused = Should.Throw<AssayException>(() => EmbeddedReader.Open(place["nowhere"], TimeProvider.System));
        (refused.ExitCode, refused.Fix.Contains("--data")).ShouldBe((ExitCode.WrongUsage, true));
        Directory.Exists(place["nowhere"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_damaged_database_is_refused()
    {
        await (await EmbeddedStore.OpenAsync(place.Path, TimeProvider.System, Ended)).DisposeAsync();
        await File.WriteAllTextAsync(place["assay.db"], "damaged", Ended);
        Should.Throw<AssayException>(() => EmbeddedReader.Open(place.Path, TimeProvider.System)).Fix.ShouldContain("assay data check");
    }

    private static Task<DocumentOutcome> PutAsync(IDocumentStore documents, string key) =>
        documents.PutAsync(new DocumentWrite("things", key, "1"u8.ToArray()), Ended);

    private static async Task<List<string>> KeysAsync(IDocumentStore documents) =>
        [.. (await documents.ListAsync(new DocumentQuery("things"), Ended)).Select(d => d.Key).Order()];
}
