using Assay.Experimentation.Clients;
using Assay.Experimentation.Tests.Clients;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assay.Experimentation.Tests.Hosting;

/// <summary>A service that has flags and experiments from files alone.</summary>
public sealed class CatalogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-files-").FullName;

    public CatalogTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "flags"));
        Directory.CreateDirectory(Path.Combine(folder, "experiments"));
        Write("on");
        File.WriteAllText(
            Path.Combine(folder, "experiments", "test.yaml"),
            """
            name: reranker_test
            hypothesis: It finds more.
            owner: search
            variants:
              - { name: control, weight: 50 }
              - { name: treatment, weight: 50 }
            metrics:
              - { name: relevance }
            """
        );
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Flags_and_experiments_are_there_from_the_start_and_nobody_is_told()
    {
        await using var service = await FlaggedService.StartAsync(o => o.Catalog = folder);
        service.Status.Origin.ShouldBe(SnapshotOrigin.Catalog);
        service.Flags.IsEnabled("new_ranking", "user-1").ShouldBeTrue();
        service.Experiments.Assign("reranker_test", "user-1").ShouldNotBeNull();
        service.Experiments.Record("reranker_test", "user-1", "latency_ms", 1);
        service.Counted(EventKind.Exposure, EventOutcome.NoHub).ShouldBe(1);
        service.Counted(EventKind.Outcome, EventOutcome.NoHub).ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_is_edited_is_followed_and_one_that_is_edited_badly_changes_nothing()
    {
        await using var service = await FlaggedService.StartAsync(o => o.Catalog = folder);
        Write("off");
        await Eventually.HoldsAsync(() => !service.Flags.IsEnabled("new_ranking", "user-1", fallback: true), "the file was not read again");
        var version = service.Status.Version;
        Write("on\nvariants: {");
        var confirmed = service.Status.ConfirmedAt;
        await Eventually.HoldsAsync(() => service.Malformed > 0, "the bad file was not looked at");
        service.Flags.IsEnabled("new_ranking", "user-1", fallback: true).ShouldBeFalse();
        service.Status.Version.ShouldBe(version);
        Write("on");
        await Eventually.HoldsAsync(() => service.Flags.IsEnabled("new_ranking", "user-1"), "the mended file was not read");
        service.Status.ConfirmedAt!.Value.ShouldBeGreaterThan(confirmed!.Value);
    }

    [Fact]
    public async Task An_experiment_with_a_number_that_is_none_changes_nothing_and_ends_nothing()
    {
        await using var service = await FlaggedService.StartAsync(o => o.Catalog = folder);
        var path = Path.Combine(folder, "experiments", "test.yaml");
        var good = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, good + "\nattributionHours: .inf\n", TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => service.Malformed > 0, "the bad file was not looked at");
        service.Experiments.Assign("reranker_test", "user-1").ShouldNotBeNull();
        await File.WriteAllTextAsync(path, good, TestContext.Current.CancellationToken);
        Write("off");
        await Eventually.HoldsAsync(() => !service.Flags.IsEnabled("new_ranking", "user-1", fallback: true), "the files are not read any more");
    }

    [Fact]
    public async Task What_nobody_foresaw_is_told_and_does_not_end_the_service()
    {
        await using var service = await FlaggedService.StartAsync(o => o.Catalog = folder);
        var before = service.Malformed;
        using var refresh = new CatalogRefresh(
            new CatalogSnapshot(folder),
            service.Current,
            service.Telemetry,
            TimeSpan.FromSeconds(1),
            new BrokenClock(),
            NullLogger.Instance
        );
        refresh.Refresh();
        service.Malformed.ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_folder_that_is_missing_or_wrong_stops_the_start_with_the_place()
    {
        var missing = await Should.ThrowAsync<AssayException>(() => FlaggedService.StartAsync(o => o.Catalog = Path.Combine(folder, "gone")));
        missing.Message.ShouldContain("gone");
        Write("purple");
        var wrong = await Should.ThrowAsync<AssayException>(() => FlaggedService.StartAsync(o => o.Catalog = folder));
        wrong.Message.ShouldContain("ranking.yaml");
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("The clock is broken.");
    }

    private void Write(string variant) =>
        File.WriteAllText(Path.Combine(folder, "flags", "ranking.yaml"), $"name: new_ranking\ndescription: New.\nowner: search\ndefault: {variant}\n");
}
