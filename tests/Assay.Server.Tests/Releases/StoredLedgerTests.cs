using System.Text;
using Assay.Embedded;
using Assay.Releases.Ledger;
using Assay.Stores;

namespace Assay.Server.Tests.Releases;

/// <summary>The ledger in a real store.</summary>
public sealed class StoredLedgerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("assay-ledger-").FullName;
    private EmbeddedStore store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await EmbeddedStore.OpenAsync(folder, TimeProvider.System, Cancel);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Links_are_chained_and_read_by_release_and_number()
    {
        using var ledger = new StoredLedger(store.Documents);
        for (var i = 1; i <= 450; i++)
        {
            var link = await ledger.AppendAsync(Entry(i, $"rag@1.{i % 2}.0"), Cancel);
            link.Number.ShouldBe(i);
        }

        var all = await ledger.ReadAsync(release: null, after: 0, limit: 10_000, Cancel);
        all.Select(l => l.Number).ShouldBe(Enumerable.Range(1, 450).Select(n => (long)n));
        var even = await ledger.ReadAsync("rag@1.0.0", after: 100, limit: 10_000, Cancel);
        even.Select(l => l.Number).ShouldBe(Enumerable.Range(101, 350).Where(n => n % 2 == 0).Select(n => (long)n));
        (await ledger.ReadAsync("rag@1.0.0", after: 100, limit: 3, Cancel)).Select(l => l.Number).ShouldBe([102, 104, 106]);
        (await ledger.ReadAsync("rag@9", after: 0, limit: 3, Cancel)).ShouldBeEmpty();
        (await ledger.LatestAsync("rag@1.1.0", [LedgerKind.Gate], 2, Cancel)).Select(l => l.Number).ShouldBe([429, 441]);
        (await ledger.ReleasesAsync(Cancel)).ShouldBe(["rag@1.0.0", "rag@1.1.0"], ignoreOrder: true);
        (await ReportAsync(ledger)).Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public async Task A_key_is_told_once_in_a_release_also_by_another_process()
    {
        using var ledger = new StoredLedger(store.Documents);
        var first = await ledger.AppendAsync(Entry(1, "rag@1"), Cancel);
        (await ledger.AppendAsync(Entry(1, "rag@1") with { Actor = "somebody else" }, Cancel)).Hash.ShouldBe(first.Hash);
        using var other = new StoredLedger(store.Documents);
        (await other.AppendAsync(Entry(1, "rag@1"), Cancel)).Hash.ShouldBe(first.Hash);
        (await other.AppendAsync(Entry(1, "rag@2"), Cancel)).Number.ShouldBe(2);
        (await ledger.AppendAsync(Entry(2, "rag@1"), Cancel)).Number.ShouldBe(3, "the other one wrote meanwhile");
        (await ReportAsync(ledger)).Links.ShouldBe(3);
    }

    [Fact]
    public async Task Many_who_write_at_once_make_one_chain_and_no_key_twice()
    {
        using var one = new StoredLedger(store.Documents);
        using var other = new StoredLedger(store.Documents);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 200),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel },
            async (i, ended) => await (i % 2 == 0 ? one : other).AppendAsync(Entry(1 + (i % 50), "rag@1"), ended)
        );
        var links = await one.ReadAsync(release: null, after: 0, limit: 1_000, Cancel);
        links.Select(l => l.Entry.Key).Distinct().Count().ShouldBe(50);
        links.Count.ShouldBe(50);
        (await ReportAsync(other)).Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public async Task A_process_that_died_between_two_writes_left_nothing_that_is_in_the_way()
    {
        using var ledger = new StoredLedger(store.Documents);
        await ledger.AppendAsync(Entry(1, "rag@1"), Cancel);
        foreach (var writes in (int[])[1, 2])
        {
            // The store fails after so many writes, as if the process had ended there.
            using var dying = new StoredLedger(new DyingStore(store.Documents, writes));
            await Should.ThrowAsync<IOException>(() => dying.AppendAsync(Entry(10 + writes, "rag@2"), Cancel));
            (await ledger.ReadAsync("rag@2", 0, 10, Cancel)).ShouldBeEmpty();
            (await ReportAsync(ledger)).Verdict.ShouldBe(Verdict.Pass);
        }

        using var next = new StoredLedger(store.Documents);
        (await next.AppendAsync(Entry(2, "rag@1"), Cancel)).Number.ShouldBe(2, "another one takes the number that was meant");
        (await next.AppendAsync(Entry(12, "rag@2"), Cancel)).Number.ShouldBe(3);
        (await next.AppendAsync(Entry(12, "rag@2"), Cancel)).Number.ShouldBe(3);
        (await ReportAsync(next)).Links.ShouldBe(3);
    }

    [Fact]
    public async Task A_link_that_was_changed_in_the_store_is_found_and_not_handed_on()
    {
        using var ledger = new StoredLedger(store.Documents);
        for (var i = 1; i <= 5; i++)
        {
            await ledger.AppendAsync(Entry(i, "rag@1"), Cancel);
        }

        var third = (await store.Documents.GetAsync(StoredLedger.Links, "000000000003", Cancel))!;
        var forged = Encoding.UTF8.GetString(third.Json.Span).Replace("\"verdict\":\"fail\"", "\"verdict\":\"pass\"");
        await store.Documents.PutAsync(new DocumentWrite(StoredLedger.Links, third.Key, Encoding.UTF8.GetBytes(forged)) { At = third.At }, Cancel);
        var report = await ReportAsync(ledger);
        report.Fault.ShouldNotBeNull().Number.ShouldBe(3);
        report.Fault.Problem.ShouldContain("its body was changed");
        var error = await Should.ThrowAsync<AssayException>(async () => await ledger.ExportAsync("rag@1", Cancel).ToListAsync(Cancel));
        error.Message.ShouldContain("Link 3 is broken");

        await store.Documents.DeleteAsync(StoredLedger.Links, "000000000002", expectedVersion: null, Cancel);
        (await ReportAsync(ledger)).Fault!.Problem.ShouldContain("link 2 is missing");
    }

    [Fact]
    public async Task An_export_leaves_out_what_others_say_and_an_import_takes_it_into_an_empty_ledger_or_goes_on()
    {
        using var ledger = new StoredLedger(store.Documents);
        for (var i = 1; i <= 6; i++)
        {
            await ledger.AppendAsync(Entry(i, $"rag@{i % 2}"), Cancel);
        }

        var export = await ledger.ExportAsync("rag@1", Cancel).ToListAsync(Cancel);
        export.Select(l => Encoding.UTF8.GetString(l.Span).Contains("\"body\":")).ShouldBe([true, false, true, false, true, false]);
        var elsewhere = Directory.CreateTempSubdirectory("assay-ledger-").FullName;
        await using (var empty = await EmbeddedStore.OpenAsync(elsewhere, TimeProvider.System, Cancel))
        {
            using var copy = new StoredLedger(empty.Documents);
            (await copy.ImportAsync(export.Take(4).ToAsyncEnumerable(), Cancel)).Added.ShouldBe(4);
            var rest = await copy.ImportAsync(export.ToAsyncEnumerable(), Cancel);
            (rest.Added, rest.There, rest.Head).ShouldBe((2, 4, (await ledger.HeadAsync(Cancel))!.Hash));
            (await copy.ImportAsync(export.Skip(4).ToAsyncEnumerable(), Cancel)).ShouldBe(new ImportReport(0, 2, 6, rest.Head));
            (await ReportAsync(copy)).LeftOut.ShouldBe(3);
            (await copy.AppendAsync(Entry(7, "rag@1"), Cancel)).Number.ShouldBe(7);
            (await copy.AppendAsync(Entry(5, "rag@1"), Cancel)).Number.ShouldBe(5, "keys are known after an import");

            // The first ledger goes on by itself: two chains that are one no more.
            await ledger.AppendAsync(Entry(99, "rag@1"), Cancel);
            var other = await ledger.ExportAsync(release: null, Cancel).ToListAsync(Cancel);
            (await Should.ThrowAsync<AssayException>(() => copy.ImportAsync(other.ToAsyncEnumerable(), Cancel))).Message.ShouldContain(
                "Link 7 of the file is another"
            );
            (await Should.ThrowAsync<AssayException>(() => copy.ImportAsync(other.Take(2).Reverse().ToAsyncEnumerable(), Cancel))).ExitCode.ShouldBe(
                ExitCode.WrongUsage
            );
        }

        await using (var empty = await EmbeddedStore.OpenAsync(elsewhere + "2", TimeProvider.System, Cancel))
        {
            using var copy = new StoredLedger(empty.Documents);
            var error = await Should.ThrowAsync<AssayException>(() => copy.ImportAsync(export.Skip(2).ToAsyncEnumerable(), Cancel));
            error.Message.ShouldBe("The first link is 3, and this ledger ends with 0.");
        }

        Directory.Delete(elsewhere, recursive: true);
        Directory.Delete(elsewhere + "2", recursive: true);
    }

    [Fact]
    public async Task The_largest_links_are_read_in_pages_that_the_store_can_list()
    {
        using var ledger = new StoredLedger(store.Documents);
        var body = Encoding.UTF8.GetBytes("{\"a\":\"" + new string('x', (256 << 10) - 9) + "\"}");
        for (var i = 1; i <= 260; i++)
        {
            await ledger.AppendAsync(Entry(i, "rag@1") with { Body = body }, Cancel);
        }

        (await ReportAsync(ledger)).Links.ShouldBe(260);
    }

    private static async Task<ChainReport> ReportAsync(StoredLedger ledger)
    {
        var check = new ChainCheck();
        await foreach (var line in ledger.LinesAsync(0, Cancel))
        {
            check.Take(line);
        }

        return check.End();
    }

    // Of two releases in turn every twelfth link or so of each is a gate.
    private static LedgerEntry Entry(int i, string release) =>
        new(
            release,
            i % 12 == 9 ? LedgerKind.Gate : LedgerKind.Evidence,
            $"key/{i}",
            "token admin",
            Noon.AddSeconds(-i),
            Encoding.UTF8.GetBytes($$"""{"verdict":"fail","n":{{i}}}""")
        );

    /// <summary>A store whose process ends after so many writes.</summary>
    private sealed class DyingStore(IDocumentStore inner, int writes) : IDocumentStore
    {
        private int left = writes;

        public Task<Document?> GetAsync(string collection, string key, CancellationToken cancellationToken) =>
            inner.GetAsync(collection, key, cancellationToken);

        public Task<IReadOnlyList<Document>> ListAsync(DocumentQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

        public Task<DocumentOutcome> PutAsync(DocumentWrite write, CancellationToken cancellationToken) =>
            left-- > 0 ? inner.PutAsync(write, cancellationToken) : throw new IOException("The process ended here.");

        public Task<DocumentOutcome> DeleteAsync(string collection, string key, long? expectedVersion, CancellationToken cancellationToken) =>
            inner.DeleteAsync(collection, key, expectedVersion, cancellationToken);

        public IAsyncEnumerable<DocumentChange> WatchAsync(string collection, CancellationToken cancellationToken) =>
            inner.WatchAsync(collection, cancellationToken);
    }
}
