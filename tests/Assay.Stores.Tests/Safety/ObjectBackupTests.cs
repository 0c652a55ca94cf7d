using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assay.Embedded.Safety;

namespace Assay.Stores.Tests.Safety;

/// <summary>Objects in a backup: files beside the database, each named by a document.</summary>
public sealed class ObjectBackupTests
{
    private static readonly SetClock Clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Objects_are_backed_up_with_their_hashes_and_come_back()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 5);
        await PutObjectAsync(folder, "runs/a/cases.gz", "first");
        await PutObjectAsync(folder, "runs/b/cases.gz", "second");
        var report = folder.Backup(Clock);
        report.Manifest.Files.Select(f => f.Name).ShouldBe(["assay.db", "objects/runs/a/cases.gz", "objects/runs/b/cases.gz"]);
        report.Manifest.Files[1].Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData("first"u8)));

        DataRestore.Run(folder["backup"], folder["new"], replace: false, Clock, _ => { }, Ended);
        (await File.ReadAllTextAsync(Path.Combine(folder["new"], "objects/runs/b/cases.gz"), Ended)).ShouldBe("second");
        DataCheck.Run(folder["new"], _ => { }, Ended).Verdict.ShouldBe(Verdict.Pass);
        folder.LeftBehind().ShouldBeEmpty();

        // Over what is there: the old objects are kept, those that the backup lacks do not stay among the new.
        await PutObjectAsync(folder, "runs/c/cases.gz", "third");
        DataRestore.Run(folder["backup"], folder.Data, replace: true, Clock, _ => { }, Ended);
        File.Exists(Path.Combine(folder.Data, "objects/runs/c/cases.gz")).ShouldBeFalse();
        File.Exists(Path.Combine(folder.Data, "objects.before-restore/runs/c/cases.gz")).ShouldBeTrue();
        Should
            .Throw<AssayException>(() => DataRestore.Run(folder["backup"], folder.Data, replace: true, Clock, _ => { }, Ended))
            .Message.ShouldContain("before-restore");
    }

    [Theory]
    [InlineData("firs_", "holds other bytes than were stored")]
    [InlineData("first and more", "has 14 bytes, 5 were stored")]
    [InlineData(null, "is not there")]
    public async Task An_object_that_is_not_what_its_document_says_is_named(string? content, string problem)
    {
        using var folder = await FilledFolder.CreateAsync(documents: 5);
        await PutObjectAsync(folder, "runs/a/cases.gz", "first");
        DataCheck.Run(folder.Data, _ => { }, Ended).Verdict.ShouldBe(Verdict.Pass);
        var file = Path.Combine(folder.Data, "objects/runs/a/cases.gz");
        File.Delete(file);
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content, Ended);
        }

        var report = DataCheck.Run(folder.Data, _ => { }, Ended);
        report.Verdict.ShouldBe(Verdict.Fail);
        var said = report.Parts.Single(p => p.Problems.Count > 0 && p.Name == "objects").Problems.Single();
        said.ShouldBe($"the object 'runs/a/cases.gz' of the document 'runs/runs/a/cases.gz' {problem}");
        if (content is null)
        {
            folder.Backup(Clock).Manifest.Files.Count.ShouldBe(1);
        }
        else
        {
            Should.Throw<AssayException>(() => folder.Backup(Clock)).Message.ShouldContain("runs/a/cases.gz");
            File.Exists(folder["backup"]).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_backup_whose_object_was_changed_is_refused_and_nothing_is_changed()
    {
        using var folder = await FilledFolder.CreateAsync(documents: 5);
        await PutObjectAsync(folder, "runs/a/cases.gz", "first");
        folder.Backup(Clock);
        await using (var zip = await ZipFile.OpenAsync(folder["backup"], ZipArchiveMode.Update, Ended))
        {
            zip.GetEntry("objects/runs/a/cases.gz")!.Delete();
            await using var entry = await zip.CreateEntry("objects/runs/a/cases.gz").OpenAsync(Ended);
            await entry.WriteAsync("firs_"u8.ToArray(), Ended);
        }

        var error = Should.Throw<AssayException>(() => DataRestore.Run(folder["backup"], folder["new"], replace: false, Clock, _ => { }, Ended));
        error.Message.ShouldContain("'objects/runs/a/cases.gz' is not the one that its manifest names");
        File.Exists(Path.Combine(folder["new"], "assay.db")).ShouldBeFalse();
        Directory.Exists(Path.Combine(folder["new"], "objects")).ShouldBeFalse();
        Directory.Exists(Path.Combine(folder["new"], "objects.restoring")).ShouldBeFalse();
    }

    /// <summary>An object, and a document that names it as runs do.</summary>
    private static async Task PutObjectAsync(FilledFolder folder, string name, string content)
    {
        await using var store = await folder.OpenAsync();
        var stored = await store.Objects.PutAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(content)), Ended);
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                cases = new
                {
                    name = stored.Name,
                    bytes = stored.Bytes,
                    sha256 = stored.Sha256,
                },
            }
        );
        await store.Documents.PutAsync(new DocumentWrite("runs", name, json), Ended);
    }
}
