using Assay.Catalogs;
using Assay.Tests.Observability;

namespace Assay.Tests.Catalogs;

public sealed class CatalogFileTests
{
    [Fact]
    public void Every_document_of_a_file_is_read_and_knows_its_line()
    {
        var shelves = CatalogFile.Parse<Shelf>("name: one\n---\nname: two\nbooks:\n  - title: a\n  - title: b\n    year: 1999\n", "shelf.yaml");
        shelves.Select(s => s.Name).ShouldBe(["one", "two"]);
        shelves[1].Books![1].Year.ShouldBe(1999);
        shelves[1].Books![1].Place.ShouldBe(new CatalogPlace("shelf.yaml", 6));
    }

    [Fact]
    public void Json_is_read_too() => CatalogFile.Parse<Shelf>("""{"name": "one", "books": [{"title": "a"}]}""", "x.json")[0].Books![0].Title.ShouldBe("a");

    [Fact]
    public void An_empty_file_has_no_documents() => CatalogFile.Parse<Shelf>("# nothing yet\n", "x.yaml").ShouldBeEmpty();

    [Theory]
    [InlineData("name: one\ncolour: red\n", "x.yaml:2: unknown key 'colour'. Keys that may stand here: books, filled, name")]
    [InlineData("name: one\nbooks:\n  - title: a\n    title: b\n", "x.yaml:4: Encountered duplicate key title")]
    [InlineData("name: one\nbooks:\n  - title: a\n    year: soon\n", "x.yaml:4: a value of the wrong kind")]
    [InlineData("name: one\nfilled: 31/12/2026\n", "x.yaml:2: '31/12/2026' is no day; write it like 2026-01-31")]
    [InlineData("name: one\nfilled: 2026-02-30\n", "x.yaml:2: '2026-02-30' is no day")]
    [InlineData("name: one\nbooks:\n  - just text\n", "x.yaml:3: a list or a section stands where")]
    [InlineData("- name: one\n", "x.yaml:1: a section with keys was expected here")]
    [InlineData("name: one\nbooks: [\n", "x.yaml:3: ")]
    [InlineData("name: [a, b]\n", "x.yaml:1: ")]
    [InlineData("name: one\nplace: here\n", "x.yaml:2: unknown key 'place'")]
    public void An_error_names_the_file_and_the_line(string text, string message)
    {
        var error = Should.Throw<AssayException>(() => CatalogFile.Parse<Shelf>(text, "x.yaml"));
        error.Message.ShouldStartWith(message);
        error.Message.ShouldNotContain("Assay.");
        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Fact]
    public void A_file_that_is_not_there_is_wrong_usage() =>
        Should.Throw<AssayException>(() => CatalogFile.Read<Shelf>("/no/such/file.yaml")).Message.ShouldStartWith("Cannot read '/no/such/file.yaml'");

    [Fact]
    public void A_file_beyond_four_mebibytes_is_refused()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "big.yaml");
        File.WriteAllText(path, new string('#', CatalogFile.MaxBytes + 1));
        Should.Throw<AssayException>(() => CatalogFile.Read<Shelf>(path)).Message.ShouldContain("larger than 4 MiB");
    }

    [Fact]
    public void Aliases_that_refer_to_aliases_do_not_grow_the_file()
    {
        var lines = Enumerable.Range(1, 30).Select(i => $"  - &a{i} {{title: x}}").Prepend("books:").Append("  - *a30");
        CatalogFile.Parse<Shelf>(string.Join('\n', lines), "x.yaml")[0].Books!.Count.ShouldBe(31);
    }

    [Fact]
    public void A_folder_lists_its_catalog_files_in_order_and_a_missing_one_lists_none()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "a"));
        foreach (var name in new[] { "b.yml", "a/c.yaml", "a.json", "notes.md", "b.yaml~" })
        {
            File.WriteAllText(Path.Combine(folder.Path, name), "");
        }

        CatalogFile.In(folder.Path).Select(f => Path.GetRelativePath(folder.Path, f)).ShouldBe(["a.json", "a/c.yaml", "b.yml"]);
        CatalogFile.In(Path.Combine(folder.Path, "none")).ShouldBeEmpty();
    }

    internal sealed class Shelf : CatalogEntry
    {
        public string Name { get; set; } = "";

        public DateOnly? Filled { get; set; }

        public List<Book>? Books { get; set; }
    }

    internal sealed class Book : CatalogEntry
    {
        public string Title { get; set; } = "";

        public int Year { get; set; }
    }
}
