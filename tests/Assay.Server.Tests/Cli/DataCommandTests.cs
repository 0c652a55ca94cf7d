using Assay.Embedded;
using Assay.Embedded.Folders;

namespace Assay.Server.Tests.Cli;

public sealed class DataCommandTests : IDisposable
{
    private readonly DataPlace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_sound_folder_passes_its_check()
    {
        await place.FillAsync(documents: 10);
        var shown = (await DataPlace.CallAsync("data", "check", "--data", place.Data)).ShouldEndWith(ExitCode.Pass);
        shown.Out.ShouldStartWith($"Sound: {place.Database}");
        shown.Out.ShouldContain("documents   ok");
        shown.Error.ShouldContain("pages");
    }

    [Fact]
    public async Task A_check_is_one_JSON_document()
    {
        await place.FillAsync(documents: 10);
        var report = (await DataPlace.CallAsync("data", "check", "--data", place.Data, "--json")).ShouldEndWith(ExitCode.Pass).Json();
        report.GetProperty("verdict").GetString().ShouldBe("pass");
        report.GetProperty("reason").GetString().ShouldBe("the database is sound");
        report.GetProperty("parts")[0].GetProperty("name").GetString().ShouldBe("pages");
    }

    [Fact]
    public async Task A_damaged_folder_fails_its_check_and_is_told_the_way_back()
    {
        await place.FillAsync(documents: 100);
        await using (var database = new FileStream(place.Database, FileMode.Open))
        {
            // Behind the pages of the schema, which would leave nothing to check.
            database.Position = 4096 * 60;
            database.Write(new byte[4096 * 30]);
        }

        var shown = (await DataPlace.CallAsync("data", "check", "--data", place.Data)).ShouldEndWith(ExitCode.Fail);
        shown.Out.ShouldStartWith($"Damaged: {place.Database}");
        shown.Out.ShouldContain("assay data restore FILE");
        (await DataPlace.CallAsync("data", "check", "--data", place.Data, "--json"))
            .ShouldEndWith(ExitCode.Fail)
            .Json()
            .GetProperty("reason")
            .GetString()!
            .ShouldContain("pages");
    }

    [Fact]
    public async Task A_folder_without_a_database_has_no_data_and_is_not_made()
    {
        (await DataPlace.CallAsync("data", "check", "--data", place.Data)).ShouldEndWith(ExitCode.Inconclusive).Out.ShouldContain("No data");
        (await DataPlace.CallAsync("data", "backup", place["b.zip"], "--data", place.Data)).ShouldEndWith(ExitCode.WrongUsage);
        Directory.Exists(place.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_backed_up_is_restored()
    {
        await place.FillAsync(documents: 25);
        var backup = (await DataPlace.CallAsync("data", "backup", place["b.zip"], "--data", place.Data)).ShouldEndWith(ExitCode.Pass);
        backup.Out.ShouldContain("SHA-256");
        backup.Error.ShouldContain("copy");
        var restored = (await DataPlace.CallAsync("data", "restore", place["b.zip"], "--data", place["new"])).ShouldEndWith(ExitCode.Pass);
        restored.Out.ShouldContain(Path.Combine(place["new"], "assay.db"));
        (await DataPlace.CountAsync(place["new"])).ShouldBe(25);
    }

    [Fact]
    public async Task A_database_is_replaced_only_with_yes()
    {
        await place.FillAsync(documents: 5);
        await DataPlace.CallAsync("data", "backup", place["b.zip"], "--data", place.Data);
        var refused = (await DataPlace.CallAsync("data", "restore", place["b.zip"], "--data", place.Data)).ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain("--yes");
        var report = (await DataPlace.CallAsync("data", "restore", place["b.zip"], "--data", place.Data, "--yes", "--json"))
            .ShouldEndWith(ExitCode.Pass)
            .Json();
        report.GetProperty("before").GetString().ShouldBe(place.Database + ".before-restore");
        report.GetProperty("manifest").GetProperty("files")[0].GetProperty("name").GetString().ShouldBe("assay.db");
    }

    [Fact]
    public async Task What_is_no_backup_is_wrong_usage()
    {
        await File.WriteAllTextAsync(place["letter"], "Dear", TestContext.Current.CancellationToken);
        (await DataPlace.CallAsync("data", "restore", place["letter"], "--data", place.Data)).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("letter");
        (await DataPlace.CallAsync("data", "restore", place["none"], "--data", place.Data)).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("none");
    }

    [Fact]
    public async Task A_backup_into_a_folder_that_cannot_be_made_names_the_place()
    {
        await place.FillAsync(documents: 1);
        await File.WriteAllTextAsync(place["file"], "", TestContext.Current.CancellationToken);
        var refused = (await DataPlace.CallAsync("data", "backup", Path.Combine(place["file"], "b.zip"), "--data", place.Data)).ShouldEndWith(
            ExitCode.Infrastructure
        );
        refused.Error.ShouldContain("b.zip");
        refused.Error.ShouldContain("fix:");
    }

    [Fact]
    public async Task While_a_hub_runs_its_folder_is_checked_and_backed_up_but_not_restored_and_a_kill_frees_it()
    {
        await place.FillAsync(documents: 7);
        using var hub = await place.ServeAsync();
        try
        {
            var holder = DataFolder.FindHolder(place.Data)!;
            holder.ProcessId.ShouldBe(hub.Id);
            (await DataPlace.CallAsync("data", "check", "--data", place.Data)).ShouldEndWith(ExitCode.Pass);
            (await DataPlace.CallAsync("data", "backup", place["b.zip"], "--data", place.Data)).ShouldEndWith(ExitCode.Pass);
            var refused = (await DataPlace.CallAsync("data", "restore", place["b.zip"], "--data", place.Data, "--yes")).ShouldEndWith(ExitCode.Infrastructure);
            refused.Error.ShouldContain($"process {hub.Id}");
            refused.Error.ShouldContain(holder.Address!.Authority);
            hub.HasExited.ShouldBeFalse();
        }
        finally
        {
            hub.Kill();
            await hub.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        File.Exists(Path.Combine(place.Data, "holder.json")).ShouldBeTrue();
        DataFolder.FindHolder(place.Data).ShouldBeNull();
        (await DataPlace.CallAsync("data", "check", "--data", place.Data)).ShouldEndWith(ExitCode.Pass);
        (await DataPlace.CallAsync("data", "restore", place["b.zip"], "--data", place.Data, "--yes")).ShouldEndWith(ExitCode.Pass);
        (await DataPlace.CountAsync(place.Data)).ShouldBe(7);
    }

    [Fact]
    public async Task A_restore_reads_what_a_backup_wrote_while_a_store_was_open()
    {
        await place.FillAsync(documents: 3);
        await using var store = await EmbeddedStore.OpenAsync(place.Data, TimeProvider.System, TestContext.Current.CancellationToken);
        (await DataPlace.CallAsync("data", "backup", place["b.zip"], "--data", place.Data)).ShouldEndWith(ExitCode.Pass);
        (await DataPlace.CallAsync("data", "restore", place["b.zip"], "--data", place["new"])).ShouldEndWith(ExitCode.Pass);
        (await DataPlace.CountAsync(place["new"])).ShouldBe(3);
    }
}
