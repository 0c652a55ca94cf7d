using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Assay.Embedded;
using Assay.Embedded.Folders;
using Assay.Embedded.Safety;

namespace Assay.Stores.Tests.Safety;

public sealed class BackupTests
{
    private static readonly SetClock Clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_is_one_file_with_a_manifest_of_sizes_and_hashes()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 50);
        var report = folder.Backup(Clock);
        report.Bytes.ShouldBe(new FileInfo(folder["backup"]).Length);
        report.Manifest.CreatedAt.ShouldBe(Clock.Now);
        report.Manifest.SchemaVersion.ShouldBe(EmbeddedStore.SchemaVersion);
        await using var zip = await ZipFile.OpenReadAsync(folder["backup"], Ended);
        zip.Entries.Select(e => e.FullName).ShouldBe(["assay.db", "manifest.json"]);
        using var manifest = await JsonDocument.ParseAsync(await zip.GetEntry("manifest.json")!.OpenAsync(Ended), cancellationToken: Ended);
        var file = manifest.RootElement.GetProperty("files")[0];
        var database = new MemoryStream();
        await (await zip.GetEntry("assay.db")!.OpenAsync(Ended)).CopyToAsync(database, Ended);
        file.GetProperty("bytes").GetInt64().ShouldBe(database.Length);
        file.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(database.ToArray())));
        folder.LeftBehind().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_backed_up_comes_back_into_an_empty_folder_with_its_versions()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 50);
        await using (var store = await folder.OpenAsync())
        {
            await store.Documents.PutAsync(new DocumentWrite("other", "gone", "1"u8.ToArray()), Ended);
            await store.Documents.DeleteAsync("other", "gone", null, Ended);
        }

        folder.Backup(Clock);
        var report = DataRestore.Run(folder["backup"], folder["new"], replace: false, Clock, _ => { }, Ended);
        report.Before.ShouldBeNull();
        await using var restored = await EmbeddedStore.OpenAsync(folder["new"], Clock, Ended);
        (await FilledFolder.CountAsync(restored)).ShouldBe(50);
        (await restored.Documents.PutAsync(new DocumentWrite("other", "gone", "1"u8.ToArray()), Ended)).Version.ShouldBe(2);
        DataCheck.Run(folder["new"], _ => { }, Ended).Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public async Task A_backup_while_others_write_holds_all_that_was_acknowledged_before_it_began()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 100);
        await using (var store = await folder.OpenAsync())
        {
            using var stop = new CancellationTokenSource();
            var written = 100;
            var writing = Task.Run(
                async () =>
                {
                    for (; !stop.IsCancellationRequested; written++)
                    {
                        await FilledFolder.WriteAsync(store, written, written + 1);
                    }
                },
                Ended
            );
            for (var i = 0; i < 5; i++)
            {
                var before = Volatile.Read(ref written);
                folder.Backup(Clock);
                var target = folder[$"restored-{i}"];
                DataRestore.Run(folder["backup"], target, replace: false, Clock, _ => { }, Ended);
                await using var restored = await EmbeddedStore.OpenAsync(target, Clock, Ended);
                (await FilledFolder.CountAsync(restored)).ShouldBeInRange(before, Volatile.Read(ref written) + 1);
            }

            await stop.CancelAsync();
            await writing;
            written.ShouldBeGreaterThan(100);
            (await FilledFolder.CountAsync(store)).ShouldBe(written);
        }
    }

    [Fact]
    public async Task A_backup_into_a_folder_that_is_missing_says_so()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 1);
        var target = Path.Combine(folder["missing"], "backup");
        var refused = Should.Throw<AssayException>(() => DataBackup.Run(folder.Data, target, Clock, _ => { }, Ended));
        refused.ExitCode.ShouldBe(ExitCode.Infrastructure);
        refused.Fix.ShouldContain("a folder that exists");
    }

    [Fact]
    public async Task A_database_that_is_there_is_replaced_only_when_asked_and_kept_with_its_log()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 5);
        folder.Backup(Clock);
        using var killed = await FilledFolder.CreateKilledAsync(documents: 30);
        var refused = Should.Throw<AssayException>(() => DataRestore.Run(folder["backup"], killed.Data, replace: false, Clock, _ => { }, Ended));
        refused.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refused.Fix.ShouldContain("--yes");
        refused.Fix.ShouldContain("assay.db.before-restore");

        DataRestore.Run(folder["backup"], killed.Data, replace: true, Clock, _ => { }, Ended).Before.ShouldBe(killed.Database + ".before-restore");
        (await killed.CountAsync()).ShouldBe(5);
        Directory.CreateDirectory(killed["old"]);
        File.Move(killed.Database + ".before-restore", Path.Combine(killed["old"], "assay.db"));
        File.Move(killed.Database + ".before-restore-wal", Path.Combine(killed["old"], "assay.db-wal"));
        await using var old = await EmbeddedStore.OpenAsync(killed["old"], Clock, Ended);
        (await FilledFolder.CountAsync(old)).ShouldBe(30);
    }

    [Fact]
    public async Task A_backup_that_is_missing_is_named_before_the_database_that_it_would_replace()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 3);
        var refused = Should.Throw<AssayException>(() => DataRestore.Run(folder["nothing.zip"], folder.Data, replace: false, Clock, _ => { }, Ended));
        refused.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refused.Message.ShouldBe($"There is no backup '{folder["nothing.zip"]}'.");
        (await folder.CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_damaged_database_is_replaced_by_its_backup()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 20);
        folder.Backup(Clock);
        await File.WriteAllTextAsync(folder.Database, "damaged", Ended);
        DataRestore.Run(folder["backup"], folder.Data, replace: true, Clock, _ => { }, Ended);
        (await folder.CountAsync()).ShouldBe(20);
        (await File.ReadAllTextAsync(folder.Database + ".before-restore", Ended)).ShouldBe("damaged");
    }

    [Fact]
    public async Task The_database_of_an_earlier_restore_is_not_lost_to_the_next_one()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 3);
        folder.Backup(Clock);
        DataRestore.Run(folder["backup"], folder.Data, replace: true, Clock, _ => { }, Ended);
        var refused = Should.Throw<AssayException>(() => DataRestore.Run(folder["backup"], folder.Data, replace: true, Clock, _ => { }, Ended));
        refused.Message.ShouldContain("before-restore");
        File.Delete(folder.Database + ".before-restore");
        DataRestore.Run(folder["backup"], folder.Data, replace: true, Clock, _ => { }, Ended);
        (await folder.CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_held_folder_is_not_restored_into()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 3);
        folder.Backup(Clock);
        await using var store = await folder.OpenAsync();
        store.Folder.Announce(new Uri("http://127.0.0.1:5080"));
        var refused = Should.Throw<AssayException>(() => DataRestore.Run(folder["backup"], folder.Data, replace: true, Clock, _ => { }, Ended));
        refused.ExitCode.ShouldBe(ExitCode.Infrastructure);
        refused.Message.ShouldContain("http://127.0.0.1:5080");
        (await FilledFolder.CountAsync(store)).ShouldBe(3);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-wal", true)]
    [InlineData("-wal", false)]
    [InlineData(null, true)]
    public async Task A_restore_that_was_interrupted_is_finished_by_running_it_again(string? movedLast, bool logIsThere)
    {
        using var folder = await FilledFolder.CreateAsync(documents: 5);
        folder.Backup(Clock);
        using var killed = await FilledFolder.CreateKilledAsync(documents: 30);
        // What a process leaves that was ended while it moved the old files.
        await File.WriteAllTextAsync(killed.Database + ".restoring", "checked", Ended);
        foreach (
            var part in movedLast switch
            {
                null => Array.Empty<string>(),
                "" => ["-wal", ""],
                _ => ["-wal"],
            }
        )
        {
            File.Move(killed.Database + part, killed.Database + ".before-restore" + part);
        }

        if (!logIsThere)
        {
            File.Delete(killed.Database + ".before-restore-wal");
        }

        (await Should.ThrowAsync<AssayException>(killed.OpenAsync)).Message.ShouldContain("interrupted");
        Should.Throw<AssayException>(() => DataCheck.Run(killed.Data, _ => { }, Ended)).Message.ShouldContain("interrupted");
        DataRestore.Run(folder["backup"], killed.Data, replace: false, Clock, _ => { }, Ended);
        (await killed.CountAsync()).ShouldBe(5);
        File.Exists(killed.Database + ".before-restore").ShouldBeTrue();
        File.Exists(killed.Database + ".before-restore-wal").ShouldBe(logIsThere);
    }

    [Fact]
    public async Task A_backup_that_was_cut_or_changed_is_refused_and_changes_nothing()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 10);
        folder.Backup(Clock);
        var whole = await File.ReadAllBytesAsync(folder["backup"], Ended);
        var random = new Random(Seed: 11);
        for (var i = 0; i < 150; i++)
        {
            var changed = i % 2 == 0 ? whole[..random.Next(whole.Length)] : whole.ToArray();
            if (i % 2 == 1)
            {
                changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
            }

            await File.WriteAllBytesAsync(folder["changed"], changed, Ended);
            await RefusedOrWholeAsync(folder, folder[$"into-{i}"]);
        }
    }

    [Fact]
    public async Task A_database_that_is_not_what_the_manifest_says_is_refused()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 3);
        folder.Backup(Clock);
        await using (var zip = await ZipFile.OpenAsync(folder["backup"], ZipArchiveMode.Update, Ended))
        {
            await zip.GetEntry("assay.db")!.ExtractToFileAsync(folder["other"], Ended);
            // Of the same size and sound, but not what was backed up.
            var database = await File.ReadAllBytesAsync(folder["other"], Ended);
            database[database.AsSpan().IndexOf("\"text\""u8) + 1] = (byte)'n';
            await File.WriteAllBytesAsync(folder["other"], database, Ended);
            zip.GetEntry("assay.db")!.Delete();
            await zip.CreateEntryFromFileAsync(folder["other"], "assay.db", Ended);
        }

        var refused = Should.Throw<AssayException>(() => DataRestore.Run(folder["backup"], folder["new"], replace: false, Clock, _ => { }, Ended));
        (refused.ExitCode, refused.Message.Contains("manifest")).ShouldBe((ExitCode.WrongUsage, true));
        Directory.GetFiles(folder["new"]).Select(Path.GetFileName).ShouldBe(["lock"]);
    }

    [Fact]
    public async Task A_file_that_is_no_backup_is_neither_overwritten_nor_restored()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 3);
        await File.WriteAllTextAsync(folder["letter"], "Dear", Ended);
        Should.Throw<AssayException>(() => folder.Backup(Clock, "letter")).ExitCode.ShouldBe(ExitCode.WrongUsage);
        (await File.ReadAllTextAsync(folder["letter"], Ended)).ShouldBe("Dear");
        Should
            .Throw<AssayException>(() => DataRestore.Run(folder["letter"], folder["new"], false, Clock, _ => { }, Ended))
            .ExitCode.ShouldBe(ExitCode.WrongUsage);
        Should.Throw<AssayException>(() => DataRestore.Run(folder["none"], folder["new"], false, Clock, _ => { }, Ended)).Message.ShouldContain("no backup");
    }

    [Fact]
    public async Task A_backup_takes_the_place_of_an_earlier_one()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 3);
        folder.Backup(Clock);
        await using (var store = await folder.OpenAsync())
        {
            await FilledFolder.WriteAsync(store, 3, 8);
        }

        folder.Backup(Clock);
        DataRestore.Run(folder["backup"], folder["new"], replace: false, Clock, _ => { }, Ended);
        await using var restored = await EmbeddedStore.OpenAsync(folder["new"], Clock, Ended);
        (await FilledFolder.CountAsync(restored)).ShouldBe(8);
    }

    [Fact]
    public async Task A_damaged_database_is_not_backed_up()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 50);
        await using (var database = new FileStream(folder.Database, FileMode.Open))
        {
            database.Position = 20 * 4096;
            database.Write(new byte[4096]);
        }

        Should.Throw<AssayException>(() => folder.Backup(Clock)).Message.ShouldContain("damaged");
        Directory.GetFiles(Path.GetDirectoryName(folder["backup"])!).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_that_is_ended_leaves_nothing_behind()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 20);
        foreach (var step in (string[])["copy", "pages", "documents", "pack"])
        {
            using var stop = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() => DataBackup.Run(folder.Data, folder["backup"], Clock, p => EndAt(p, step, stop), stop.Token), step);
            folder.LeftBehind().ShouldBeEmpty();
            File.Exists(folder["backup"]).ShouldBeFalse();
        }
    }

    [Fact]
    public void Nothing_is_backed_up_where_there_is_no_database()
    {
        using var place = new TestFolder();
        var refused = Should.Throw<AssayException>(() => DataBackup.Run(place["nowhere"], place["backup"], Clock, _ => { }, Ended));
        (refused.ExitCode, refused.Fix.Contains("--data")).ShouldBe((ExitCode.WrongUsage, true));
        Directory.Exists(place["nowhere"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_the_owner_may_read_a_backup_and_what_is_restored()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        using var folder = await FilledFolder.CreateAsync(documents: 1);
        folder.Backup(Clock);
        DataRestore.Run(folder["backup"], folder["new"], replace: false, Clock, _ => { }, Ended);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            File.GetUnixFileMode(folder["backup"]).ShouldBe(Owner);
            File.GetUnixFileMode(Path.Combine(folder["new"], "assay.db")).ShouldBe(Owner);
        }
    }

    private static void EndAt(DataProgress progress, string step, CancellationTokenSource stop)
    {
        if (progress.Step == step)
        {
            stop.Cancel();
        }
    }

    // A byte of a name or a time in the zip may be changed without harm: then all must be there.
    private static async Task RefusedOrWholeAsync(FilledFolder folder, string into)
    {
        try
        {
            DataRestore.Run(folder["changed"], into, replace: false, Clock, _ => { }, Ended);
            await using var restored = await EmbeddedStore.OpenAsync(into, Clock, Ended);
            (await FilledFolder.CountAsync(restored)).ShouldBe(10);
        }
        catch (AssayException e)
        {
            e.ExitCode.ShouldBe(ExitCode.WrongUsage, e.Message);
            Directory.GetFiles(into).Select(Path.GetFileName).ShouldBe(["lock"]);
            DataFolder.FindHolder(into).ShouldBeNull();
        }
    }
}
