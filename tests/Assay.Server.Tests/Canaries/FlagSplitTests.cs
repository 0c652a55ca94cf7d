using Assay.Embedded;
using Assay.Server.Canaries;
using Assay.Server.Flags;
using Assay.Server.Flags.Streams;
using Assay.Server.Tests.Slos;
using Assay.Stores;

namespace Assay.Server.Tests.Canaries;

/// <summary>A flag as a canary's traffic, on a real store that may go away.</summary>
public sealed class FlagSplitTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private EmbeddedStore? store;
    private BrokenDocuments? documents;
    private FlagDesk? desk;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(folder.File("catalog/flags"));
        await File.WriteAllTextAsync(
            folder.File("catalog/flags/flags.yaml"),
            """
            name: new_search
            variants: { off: 0, on: 1, other: 2 }
            rollout: { other: 40 }
            """,
            TestContext.Current.CancellationToken
        );
        store = await EmbeddedStore.OpenAsync(folder.File("data"), TimeProvider.System, TestContext.Current.CancellationToken);
        documents = new BrokenDocuments(store.Documents);
        desk = await OpenAsync();
    }

    [Fact]
    public async Task The_share_is_the_variants_and_others_keep_theirs_as_far_as_there_is_room()
    {
        var split = new FlagSplit(desk!, "new_search", "on");
        split.DemandUsable();
        (await ReadAsync(split)).ShouldBe(0);
        await SetAsync(split, 25);
        (await ReadAsync(split)).ShouldBe(25);
        desk!.State.OverrideOf("new_search")!.Rollout.ShouldBe(new Dictionary<string, decimal> { ["other"] = 40, ["on"] = 25 }, ignoreOrder: true);
        await SetAsync(split, 80);
        desk.State.OverrideOf("new_search")!.Rollout!["other"].ShouldBe(20);
        await SetAsync(split, 0);
        (await ReadAsync(split)).ShouldBe(0);
        desk.State.OverrideOf("new_search")!.Killed.ShouldBeTrue();
        var version = desk.State.OverrideOf("new_search")!.Version;
        await SetAsync(split, 0);
        desk.State.OverrideOf("new_search")!.Version.ShouldBe(version, "asking twice changes nothing the second time");
        // A kill switch that somebody threw is not undone by a share.
        await SetAsync(split, 50);
        (await ReadAsync(split)).ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_restores_the_flag_after_a_rollback_gives_the_candidate_nothing(bool killedByHand)
    {
        var split = new FlagSplit(desk!, "new_search", "on");
        await SetAsync(split, 25);
        if (killedByHand)
        {
            await ChangeAsync(new FlagChange { Killed = true, Reason = "it burns" });
        }

        await SetAsync(split, 0);
        desk!.State.OverrideOf("new_search")!.Rollout.ShouldBe(new Dictionary<string, decimal> { ["other"] = 40, ["on"] = 0 }, ignoreOrder: true);
        await ChangeAsync(new FlagChange { Killed = false, Reason = "mended" });
        desk.State.OverrideOf("new_search")!.Killed.ShouldBeFalse();
        (await ReadAsync(split)).ShouldBe(0);
    }

    [Fact]
    public async Task A_share_that_cannot_be_taken_out_leaves_the_flag_killed()
    {
        var split = new FlagSplit(desk!, "new_search", "on");
        await SetAsync(split, 25);
        // The kill and the copy of what it replaces.
        documents!.PutsLeft = 2;
        await SetAsync(split, 0);
        desk!.State.OverrideOf("new_search")!.Killed.ShouldBeTrue();
        desk.IsHeldOff("new_search").ShouldBeFalse();
        desk.State.OverrideOf("new_search")!.Rollout!["on"].ShouldBe(25);
        documents.PutsLeft = null;
        await SetAsync(split, 0);
        desk.State.OverrideOf("new_search")!.Rollout!["on"].ShouldBe(0);
    }

    [Fact]
    public async Task While_the_store_is_down_traffic_is_taken_away_at_once_and_stays_away()
    {
        var split = new FlagSplit(desk!, "new_search", "on");
        await SetAsync(split, 25);
        documents!.IsDown = true;
        await Should.ThrowAsync<AssayException>(() => SetAsync(split, 0));
        (await ReadAsync(split)).ShouldBe(0);
        // A file that changes meanwhile brings nothing back.
        await File.AppendAllTextAsync(folder.File("catalog/flags/flags.yaml"), "\ndescription: changed\n", TestContext.Current.CancellationToken);
        (await desk!.RefreshFilesAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await ReadAsync(split)).ShouldBe(0);
        documents.IsDown = false;
        await SetAsync(split, 0);
        desk.IsHeldOff("new_search").ShouldBeFalse();
        desk.State.OverrideOf("new_search")!.Killed.ShouldBeTrue();
        using var again = await OpenAsync();
        (await ReadAsync(new FlagSplit(again, "new_search", "on"))).ShouldBe(0, "it is in the store");
    }

    [Fact]
    public async Task What_is_held_off_before_the_flags_are_read_is_off_when_they_are()
    {
        await SetAsync(new FlagSplit(desk!, "new_search", "on"), 25);
        using var next = new FlagDesk(new FlagDocuments(documents!), new FlagFolder(folder.File("catalog")), new SnapshotFeed(), TimeProvider.System);
        next.HoldOff("new_search", "rollback");
        await next.LoadAsync(TestContext.Current.CancellationToken);
        (await ReadAsync(new FlagSplit(next, "new_search", "on"))).ShouldBe(0);
    }

    [Fact]
    public async Task A_flag_whose_file_is_broken_keeps_its_last_good_state_and_can_be_taken_away()
    {
        var split = new FlagSplit(desk!, "new_search", "on");
        await SetAsync(split, 25);
        await File.WriteAllTextAsync(folder.File("catalog/flags/flags.yaml"), "name: [broken", TestContext.Current.CancellationToken);
        await desk!.RefreshFilesAsync(TestContext.Current.CancellationToken);
        desk.State.Fault.ShouldNotBeNull();
        await SetAsync(split, 0);
        (await ReadAsync(split)).ShouldBe(0);
    }

    [Fact]
    public async Task A_share_that_no_longer_fits_the_file_is_not_told_as_traffic()
    {
        var split = new FlagSplit(desk!, "new_search", "on");
        await SetAsync(split, 25);
        // The share of another variant that is gone takes the canary's with it.
        await File.WriteAllTextAsync(
            folder.File("catalog/flags/flags.yaml"),
            "name: new_search\nvariants: { off: 0, on: 1 }",
            TestContext.Current.CancellationToken
        );
        await desk!.RefreshFilesAsync(TestContext.Current.CancellationToken);
        desk.State.Snapshot.Flags.Evaluate("new_search", "user-1").Variant.ShouldBe("off");
        (await ReadAsync(split)).ShouldBe(0);
        await SetAsync(split, 25);
        (await ReadAsync(split)).ShouldBe(25);
    }

    public async ValueTask DisposeAsync()
    {
        desk!.Dispose();
        await store!.DisposeAsync();
        folder.Dispose();
    }

    private async Task<FlagDesk> OpenAsync()
    {
        var opened = new FlagDesk(new FlagDocuments(documents!), new FlagFolder(folder.File("catalog")), new SnapshotFeed(), TimeProvider.System);
        await opened.LoadAsync(TestContext.Current.CancellationToken);
        return opened;
    }

    private async Task ChangeAsync(FlagChange change) =>
        (await desk!.ChangeAsync("new_search", change, "ann", TestContext.Current.CancellationToken)).Kind.ShouldBe(ChangeOutcomeKind.Done);

    private static Task SetAsync(FlagSplit split, decimal percent) => split.SetAsync(percent, "a test", TestContext.Current.CancellationToken);

    private static Task<decimal?> ReadAsync(FlagSplit split) => split.ReadAsync(TestContext.Current.CancellationToken);
}

/// <summary>A store whose disk is gone for a while.</summary>
internal sealed class BrokenDocuments(IDocumentStore inner) : IDocumentStore
{
    public bool IsDown { get; set; }

    /// <summary>How often it was asked for anything.</summary>
    public int Asked { get; private set; }

    /// <summary>Writes that it still takes; null for all.</summary>
    public int? PutsLeft { get; set; }

    public Task<Document?> GetAsync(string collection, string key, CancellationToken cancellationToken) => Up().GetAsync(collection, key, cancellationToken);

    public Task<IReadOnlyList<Document>> ListAsync(DocumentQuery query, CancellationToken cancellationToken) => Up().ListAsync(query, cancellationToken);

    public Task<DocumentOutcome> PutAsync(DocumentWrite write, CancellationToken cancellationToken) =>
        PutsLeft-- == 0 ? throw AssayException.Infrastructure("The disk is full.", "Make room.") : Up().PutAsync(write, cancellationToken);

    public Task<DocumentOutcome> DeleteAsync(string collection, string key, long? expectedVersion, CancellationToken cancellationToken) =>
        Up().DeleteAsync(collection, key, expectedVersion, cancellationToken);

    public IAsyncEnumerable<DocumentChange> WatchAsync(string collection, CancellationToken cancellationToken) =>
        inner.WatchAsync(collection, cancellationToken);

    private IDocumentStore Up()
    {
        Asked++;
        return IsDown ? throw AssayException.Infrastructure("The disk is gone.", "Put it back.") : inner;
    }
}
