using Assay.Embedded;
using Assay.Embedded.Folders;
using Assay.Embedded.Safety;
using static Assay.Stores.Tests.Events.Experiments.UnitSample;

namespace Assay.Stores.Tests.Events.Experiments;

public sealed class OlderFolderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_without_these_tables_gets_them_at_the_next_start_and_a_backup_brings_them_back()
    {
        using var place = new TestFolder();
        await MakeOlderAsync(place["data"]);
        await using (var store = await EmbeddedStore.OpenAsync(place["data"], TimeProvider.System, Cancel))
        {
            await store.Events.AppendAsync(new EventBatch { Exposures = [Exposed(1, "a")], Outcomes = [Measured(1, "ms", 5, 1)] }, Cancel);
        }

        DataBackup.Run(place["data"], place["backup"], TimeProvider.System, _ => { }, Cancel);
        DataRestore.Run(place["backup"], place["restored"], replace: false, TimeProvider.System, _ => { }, Cancel);
        DataCheck.Run(place["restored"], _ => { }, Cancel).Parts.Select(p => (p.Name, p.Problems.Count)).ShouldContain(("exposures", 0));
        await using var reader = EmbeddedReader.Open(place["restored"], TimeProvider.System);
        var sums = await reader.Events.SumExperimentAsync(Question, Cancel);
        (sums.Variants.Single().Units, sums.Variants.Single().Metrics[0].Ratio.X.Mean).ShouldBe((1L, 5.0));
    }

    [Fact]
    public async Task A_check_finds_a_damaged_run_in_a_data_folder()
    {
        using var place = new TestFolder();
        await using (var store = await EmbeddedStore.OpenAsync(place["data"], TimeProvider.System, Cancel))
        {
            await store.Events.AppendAsync(new EventBatch { Exposures = [Exposed(1, "a")] }, Cancel);
        }

        using (var connection = DatabaseConnection.Open(Path.Combine(place["data"], DataFolder.DatabaseName), Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
        {
            connection.Run("UPDATE event_count SET value = 2 WHERE name = 'exposures'");
        }

        var report = DataCheck.Run(place["data"], _ => { }, Cancel);
        report.Parts.Single(p => p.Name == "exposures").Problems.ShouldBe(["there are 1 exposures, the store counted 2"]);
    }

    /// <summary>A folder as the version before left it.</summary>
    private static async Task MakeOlderAsync(string folder)
    {
        await using (await EmbeddedStore.OpenAsync(folder, TimeProvider.System, Cancel)) { }

        var path = Path.Combine(folder, DataFolder.DatabaseName);
        using var connection = DatabaseConnection.Open(path, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite);
        foreach (var table in (string[])["experiment_name", "experiment_fresh", "experiment_run", "experiment_block"])
        {
            connection.Run($"DROP TABLE {table}");
        }

        connection.Run("PRAGMA user_version=2");
    }
}
