using System.Xml.Linq;
using Assay.Embedded.Folders;
using Assay.Server.Access;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Hosting;

public sealed class PrivateFilesTests
{
    private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder700 = File600 | UnixFileMode.UserExecute;

    [Fact]
    public async Task Logs_are_the_hubs_alone_also_those_of_an_earlier_version()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has the rights of the folder above.");
        using var folder = new TempFolder();
        var logs = Path.Combine(folder.Path, "logs");
        Directory.CreateDirectory(logs);
        await File.WriteAllTextAsync(Path.Combine(logs, "hub.log"), "old\n", TestContext.Current.CancellationToken);
        await using (await RunningHub.StartAsync(folder: folder.Path)) { }

        ModeOf(logs).ShouldBe(Folder700);
        ModeOf(Path.Combine(logs, "hub.log")).ShouldBe(File600);
    }

    [Fact]
    public void Keys_of_forms_are_the_hubs_alone_also_those_of_an_earlier_version()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has the rights of the folder above.");
        using var folder = new TempFolder();
        using var held = DataFolder.Hold(folder.Path, TimeProvider.System);
        var keys = new KeyFiles(held);
        keys.StoreElement(new XElement("key"), "key-1");
        var place = Path.Combine(folder.Path, "keys");
        ModeOf(place).ShouldBe(Folder700);
        ModeOf(Path.Combine(place, "key-1.xml")).ShouldBe(File600);

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(place, Folder700 | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        keys.GetAllElements().Count.ShouldBe(1);
        ModeOf(place).ShouldBe(Folder700);
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? Folder700 : File.GetUnixFileMode(path);
}
