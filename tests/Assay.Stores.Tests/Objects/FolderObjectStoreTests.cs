using Assay.Embedded;

namespace Assay.Stores.Tests.Objects;

public sealed class FolderObjectStoreTests : ObjectStoreContract
{
    private readonly TestFolder folder = new();
    private EmbeddedStore? opened;

    [Fact]
    public async Task What_an_interrupted_write_left_aside_is_cleared_at_the_next_start()
    {
        var aside = Path.Combine(folder.Path, "objects", ".aside");
        Directory.CreateDirectory(aside);
        await File.WriteAllTextAsync(Path.Combine(aside, "7"), "half", Ended);
        await ReopenAsync();
        Directory.Exists(aside).ShouldBeFalse();
    }

    [Fact]
    public async Task An_object_is_a_plain_file_for_its_owner_alone()
    {
        await PutAsync("runs/r/cases.txt", "hello");
        var path = Path.Combine(folder.Path, "objects", "runs", "r", "cases.txt");
        (await File.ReadAllTextAsync(path, Ended)).ShouldBe("hello");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_name_that_is_the_folder_of_another_is_refused()
    {
        await PutAsync("a/b", "x");
        (await Should.ThrowAsync<AssayException>(() => PutAsync("a", "y"))).ExitCode.ShouldBe(ExitCode.WrongUsage);
        (await Should.ThrowAsync<AssayException>(() => PutAsync("a/b/c", "y"))).ExitCode.ShouldBe(ExitCode.WrongUsage);
        (await TextAsync("a/b")).ShouldBe("x");
    }

    protected override async Task<IObjectStore> OpenAsync()
    {
        opened = await EmbeddedStore.OpenAsync(folder.Path, TimeProvider.System, Ended);
        return opened.Objects;
    }

    protected override async Task<IObjectStore> ReopenAsync()
    {
        await opened!.DisposeAsync();
        return await OpenAsync();
    }

    protected override async ValueTask CloseAsync()
    {
        await opened!.DisposeAsync();
        folder.Dispose();
    }
}
