using Assay.Rag.Storage;

namespace Assay.Tests.Rag.Storage;

public sealed class IndexFolderTests : IDisposable
{
    private readonly string work = Directory.CreateTempSubdirectory("assay-index-folder-").FullName;

    private string Folder => Path.Combine(work, IndexFolder.Name);

    [Fact]
    public async Task A_failed_build_leaves_the_old_index_and_nothing_beside_it()
    {
        await Build("first");

        await Should.ThrowAsync<InvalidOperationException>(() =>
            IndexFolder.ReplaceAsync(
                Folder,
                aside =>
                {
                    File.WriteAllText(Path.Combine(aside, "a.txt"), "half");
                    throw new InvalidOperationException("the disk caught fire");
                }
            )
        );

        File.ReadAllText(Path.Combine(Folder, "a.txt")).ShouldBe("first");
        Directory.GetDirectories(work).ShouldBe([Folder]);
    }

    [Fact]
    public async Task An_index_whose_swap_was_cut_off_is_found_again()
    {
        await Build("first");
        // What kill -9 between the two renames leaves: the old index under .old, the new one still aside.
        Directory.Move(Folder, Folder + ".old");
        Directory.CreateDirectory(Folder + ".partial");

        File.ReadAllText(Path.Combine(IndexFolder.Find(work).Folder, "a.txt")).ShouldBe("first");

        await Should.ThrowAsync<InvalidOperationException>(() => IndexFolder.ReplaceAsync(Folder, _ => throw new InvalidOperationException("again")));
        File.ReadAllText(Path.Combine(Folder, "a.txt")).ShouldBe("first");
        Directory.GetDirectories(work).ShouldBe([Folder]);
    }

    [Fact]
    public async Task An_index_whose_clean_up_was_cut_off_is_the_new_one()
    {
        await Build("first");
        Directory.Move(Folder, Folder + ".old");
        await BuildAside("second");

        File.ReadAllText(Path.Combine(IndexFolder.Find(work).Folder, "a.txt")).ShouldBe("second");

        await Build("third");
        File.ReadAllText(Path.Combine(Folder, "a.txt")).ShouldBe("third");
        Directory.Exists(Folder + ".old").ShouldBeFalse();
    }

    [Fact]
    public async Task Equal_content_gives_an_equal_manifest()
    {
        await Build("same");
        var first = File.ReadAllText(Path.Combine(Folder, IndexFolder.ManifestName));

        await Build("same");

        File.ReadAllText(Path.Combine(Folder, IndexFolder.ManifestName)).ShouldBe(first);
    }

    [Fact]
    public void Two_runs_cannot_write_into_one_folder()
    {
        using var first = OutputLock.Take(work);

        Should.Throw<AssayException>(() => OutputLock.Take(work)).ExitCode.ShouldBe(ExitCode.Infrastructure);
    }

    public void Dispose() => Directory.Delete(work, recursive: true);

    private static IndexManifest Manifest() =>
        new(IndexFile.FormatVersion, "0.0.0", 1, 1, new Dictionary<string, string>(), [], new Dictionary<string, string>());

    private Task<IndexManifest> Build(string content) =>
        IndexFolder.ReplaceAsync(
            Folder,
            aside =>
            {
                File.WriteAllText(Path.Combine(aside, "a.txt"), content);
                return Task.FromResult(Manifest());
            }
        );

    /// <summary>Puts a finished new index in place without touching what is under .old.</summary>
    private async Task BuildAside(string content)
    {
        var elsewhere = Path.Combine(work, "elsewhere");
        await IndexFolder.ReplaceAsync(
            elsewhere,
            aside =>
            {
                File.WriteAllText(Path.Combine(aside, "a.txt"), content);
                return Task.FromResult(Manifest());
            }
        );
        Directory.Move(elsewhere, Folder);
    }
}
