using Assay.Embedded;
using Assay.Embedded.Safety;
using Microsoft.Data.Sqlite;

namespace Assay.Stores.Tests.Safety;

public sealed class DamageTests
{
    private const int PageBytes = 4096;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.0, 10)]
    [InlineData(0.0, 100)]
    [InlineData(0.0, PageBytes)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, 1)]
    [InlineData(1.0, -PageBytes)]
    [InlineData(1.0, -1)]
    public async Task A_truncated_database_is_refused_with_the_way_back(double share, int bytes)
    {
        using var folder = await FilledFolder.CreateAsync(documents: 50);
        Truncate(folder.Database, share, bytes);
        await RefusedAsync(folder);
        DataCheck.Run(folder.Data, _ => { }, Ended).Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public async Task Whichever_page_is_overwritten_the_damage_is_named_and_nothing_crashes()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 50);
        var whole = await File.ReadAllBytesAsync(folder.Database, Ended);
        var random = new Random(Seed: 7);
        var pages = whole.Length / PageBytes;
        pages.ShouldBeGreaterThan(40);
        for (var page = 0; page < pages; page++)
        {
            var damaged = whole.ToArray();
            random.NextBytes(damaged.AsSpan(page * PageBytes, PageBytes));
            await File.WriteAllBytesAsync(folder.Database, damaged, Ended);
            DataCheck.Run(folder.Data, _ => { }, Ended).Verdict.ShouldBe(Verdict.Fail, $"page {page + 1}");
        }
    }

    [Fact]
    public async Task A_page_of_the_tree_that_is_overwritten_keeps_the_store_from_opening()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 50);
        await using (var database = new FileStream(folder.Database, FileMode.Open))
        {
            database.Position = 2 * PageBytes;
            database.Write(new byte[PageBytes]);
        }

        await RefusedAsync(folder);
    }

    [Theory]
    [InlineData("This is no database, but a text that is longer than the header of one would be, so that it is read.")]
    [InlineData("SQLite format 3")]
    [InlineData("SQLite format 3\0 and then something else that is not a header, of which there are a hundred bytes in a database.")]
    public async Task A_file_of_another_kind_is_refused(string content)
    {
        using var folder = await FilledFolder.CreateAsync(documents: 1);
        await File.WriteAllTextAsync(folder.Database, content, Ended);
        await RefusedAsync(folder);
        DataCheck.Run(folder.Data, _ => { }, Ended).Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_as_it_is()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 1);
        Change(folder, "PRAGMA application_id=7");
        var before = await File.ReadAllBytesAsync(folder.Database, Ended);
        (await RefusalAsync(folder)).Message.ShouldContain("not a database of Assay");
        Should.Throw<AssayException>(() => DataCheck.Run(folder.Data, _ => { }, Ended)).Message.ShouldContain("not a database of Assay");
        (await File.ReadAllBytesAsync(folder.Database, Ended)).ShouldBe(before);
    }

    [Fact]
    public async Task A_database_of_a_newer_Assay_is_refused_and_left_as_it_is()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 1);
        Change(folder, "PRAGMA user_version=1000000");
        (await RefusalAsync(folder)).Message.ShouldContain("newer Assay");
        Should.Throw<AssayException>(() => DataCheck.Run(folder.Data, _ => { }, Ended)).Message.ShouldContain("newer Assay");
        Should.Throw<AssayException>(() => folder.Backup(TimeProvider.System)).Message.ShouldContain("newer Assay");
        File.Exists(folder["backup"]).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_from_the_log()
    {
        using var folder = await FilledFolder.CreateKilledAsync(documents: 60);
        (await folder.CountAsync()).ShouldBe(60);
    }

    [Fact]
    public async Task A_log_that_is_half_written_gives_the_commits_that_are_whole()
    {
        using var folder = await FilledFolder.CreateKilledAsync(documents: 40);
        var log = folder.Database + "-wal";
        var (database, whole) = (await File.ReadAllBytesAsync(folder.Database, Ended), await File.ReadAllBytesAsync(log, Ended));
        var last = 40;
        for (var left = whole.Length - 1; left >= 0; left -= 17_003)
        {
            await File.WriteAllBytesAsync(folder.Database, database, Ended);
            await File.WriteAllBytesAsync(log, whole[..left], Ended);
            var count = await folder.CountAsync();
            count.ShouldBeLessThanOrEqualTo(last);
            last = count;
        }

        last.ShouldBeLessThan(5);
    }

    [Fact]
    public async Task A_log_with_a_wrong_byte_gives_the_commits_before_it()
    {
        using var folder = await FilledFolder.CreateKilledAsync(documents: 40);
        var log = folder.Database + "-wal";
        var (database, whole) = (await File.ReadAllBytesAsync(folder.Database, Ended), await File.ReadAllBytesAsync(log, Ended));
        for (var at = whole.Length - 1; at >= 0; at -= 23_011)
        {
            await File.WriteAllBytesAsync(folder.Database, database, Ended);
            whole[at] ^= 0x55;
            await File.WriteAllBytesAsync(log, whole, Ended);
            whole[at] ^= 0x55;
            (await folder.CountAsync()).ShouldBeLessThan(40);
        }
    }

    [Fact]
    public async Task Without_its_log_the_database_is_what_it_was_when_the_log_was_last_taken_over()
    {
        using var folder = await FilledFolder.CreateKilledAsync(documents: 20);
        File.Delete(folder.Database + "-wal");
        (await folder.CountAsync()).ShouldBe(0);
        DataCheck.Run(folder.Data, _ => { }, Ended).Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public async Task A_log_without_its_database_is_not_taken_for_that_of_a_new_one()
    {
        using var folder = await FilledFolder.CreateKilledAsync(documents: 5);
        File.Delete(folder.Database);
        await RefusedAsync(folder);
    }

    [Fact]
    public async Task A_new_database_that_was_not_finished_is_made_anew()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 1);
        File.Move(folder.Database, folder.Database + ".new");
        (await folder.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The place is Linux's.");
        var refused = await Should.ThrowAsync<AssayException>(() => EmbeddedStore.OpenAsync("/proc/assay", TimeProvider.System, Ended));
        refused.ExitCode.ShouldBe(ExitCode.Infrastructure);
        refused.Message.ShouldContain("/proc/assay");
    }

    [Fact]
    public async Task A_sound_database_passes_part_by_part()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 50);
        var steps = new List<DataProgress>();
        var report = DataCheck.Run(folder.Data, steps.Add, Ended);
        report.Verdict.ShouldBe(Verdict.Pass);
        report.SchemaVersion.ShouldBe(EmbeddedStore.SchemaVersion);
        report.Bytes.ShouldBeGreaterThanOrEqualTo(new FileInfo(folder.Database).Length);
        report.Parts.Select(p => p.Name).Take(3).ShouldBe(["pages", "references", "documents"]);
        steps.Where(s => s.Done == s.Total).Select(s => s.Step).ShouldBe(report.Parts.Select(p => p.Name));
    }

    [Fact]
    public void A_folder_without_a_database_has_nothing_to_check()
    {
        using var place = new TestFolder();
        DataCheck.Run(place["nowhere"], _ => { }, Ended).Verdict.ShouldBe(Verdict.NoData);
    }

    [Fact]
    public async Task A_document_that_the_store_would_not_have_taken_is_found()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 3);
        Change(folder, "UPDATE document SET json='{' WHERE key='1'");
        var part = DataCheck.Run(folder.Data, _ => { }, Ended).Parts.Single(p => p.Name == "documents");
        part.Problems.ShouldHaveSingleItem().ShouldContain("'things/1' is not JSON");
    }

    [Fact]
    public async Task A_check_sees_what_a_running_store_committed()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 1);
        await using var store = await folder.OpenAsync();
        await FilledFolder.WriteAsync(store, 1, 20);
        DataCheck.Run(folder.Data, _ => { }, Ended).Verdict.ShouldBe(Verdict.Pass);
        await FilledFolder.WriteAsync(store, 20, 25);
        (await FilledFolder.CountAsync(store)).ShouldBe(25);
    }

    [Fact]
    public async Task A_check_can_be_ended()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 5);
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => DataCheck.Run(folder.Data, _ => stop.Cancel(), stop.Token));
    }

    private static void Truncate(string path, double share, int bytes)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.SetLength((long)(share * file.Length) + bytes);
    }

    private static void Change(FilledFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task RefusedAsync(FilledFolder folder)
    {
        var refused = await RefusalAsync(folder);
        refused.ExitCode.ShouldBe(ExitCode.Infrastructure);
        refused.Message.ShouldContain(folder.Database);
        refused.Fix.ShouldContain("assay data check");
        refused.Fix.ShouldContain("assay data restore");
    }

    // What refuses lets the folder go: the next attempt fails for the same reason and not because the folder is held.
    private static async Task<AssayException> RefusalAsync(FilledFolder folder)
    {
        var first = await Should.ThrowAsync<AssayException>(folder.OpenAsync);
        var second = await Should.ThrowAsync<AssayException>(folder.OpenAsync);
        second.Message.ShouldBe(first.Message);
        return first;
    }
}
