using Assay.Server.Flags;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Flags;

public sealed class FlagFolderTests
{
    [Fact]
    public void Files_that_could_not_be_read_count_as_changed_until_they_are_read()
    {
        using var place = new TempFolder();
        var (file, target) = (place.File("catalog/flags/flags.yaml"), place.File("elsewhere.yaml"));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var folder = new FlagFolder(place.File("catalog"));
        folder.Read().Flags.ShouldBeEmpty();

        // As with permissions, what makes this file readable changes neither its time nor its length.
        File.CreateSymbolicLink(file, target);
        Should.Throw<AssayException>(folder.Read).ExitCode.ShouldBe(ExitCode.WrongUsage);
        folder.HasChanged().ShouldBeTrue();
        File.WriteAllText(target, "name: new_search");
        folder.Read().Flags.ShouldHaveSingleItem();
        folder.HasChanged().ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_is_wrong_is_not_read_again_until_it_changes()
    {
        using var place = new TempFolder();
        Directory.CreateDirectory(place.File("catalog/flags"));
        File.WriteAllText(place.File("catalog/flags/flags.yaml"), "nome: new_search");
        var folder = new FlagFolder(place.File("catalog"));
        Should.Throw<AssayException>(folder.Read);
        folder.HasChanged().ShouldBeFalse();
    }
}
