using Assay.Rag.Reading;

namespace Assay.Tests.Rag.Reading;

public sealed class DocumentReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_read_in_ordinal_order_of_relative_paths()
    {
        foreach (var name in new[] { "b.md", "a/z.md", "a.md", "a-b.md", "a/b/c.txt", "B.md", "я.txt" })
        {
            _folder.Write(name, "# " + name);
        }

        var ids = ReadingOf.Paths(_folder.Path).Documents.Select(d => d.Id).ToList();

        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
        ids.ShouldBe(["B.md", "a-b.md", "a.md", "a/b/c.txt", "a/z.md", "b.md", "я.txt"]);
    }

    [Fact]
    public void Hidden_files_and_folders_are_passed_by()
    {
        _folder.Write(".git/readme.md", "hidden");
        _folder.Write(".notes.md", "hidden too");
        _folder.Write("seen.md", "seen");

        ReadingOf.Paths(_folder.Path).Documents.Select(d => d.Id).ShouldBe(["seen.md"]);
    }

    [Fact]
    public void Files_of_other_kinds_are_counted_by_extension()
    {
        _folder.Write("a.PNG", "x");
        _folder.Write("b.png", "x");
        _folder.Write("Makefile", "x");
        _folder.Write("c.md", "x");
        var reader = new DocumentReader(new ReadOptions());

        ReadingOf.From(reader, _folder.Path).Documents.Count.ShouldBe(1);

        reader.SkippedByExtension.ShouldBe(new Dictionary<string, int> { [".png"] = 2, [""] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public void Symbolic_links_that_lead_back_do_not_loop()
    {
        _folder.Write("docs/a/one.md", "one");
        _folder.Write("outside/two.md", "two");
        Directory.CreateSymbolicLink(_folder["docs/a/self"], _folder["docs/a"]);
        Directory.CreateSymbolicLink(_folder["docs/a/up"], _folder.Path);
        Directory.CreateSymbolicLink(_folder["docs/elsewhere"], _folder["outside"]);
        Directory.CreateSymbolicLink(_folder["outside/round"], _folder["outside"]);

        ReadingOf.Paths(_folder["docs"]).Documents.Select(d => d.Id).ShouldBe(["a/one.md", "elsewhere/two.md"]);
    }

    [Fact]
    public void A_missing_path_is_wrong_usage_before_anything_is_read()
    {
        var reader = new DocumentReader(new ReadOptions());

        var error = Should.Throw<AssayException>(() => reader.Read([_folder["nowhere"]], CancellationToken.None));

        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
        error.Message.ShouldContain("nowhere");
    }

    [Fact]
    public void A_named_file_of_another_kind_is_wrong_usage_and_the_kinds_are_named()
    {
        var path = _folder.Write("table.xlsx", "x");

        var error = Should.Throw<AssayException>(() => new DocumentReader(new ReadOptions()).Read([path], CancellationToken.None));

        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
        error.Message.ShouldContain(".xlsx");
        error.Fix.ShouldContain(".jsonl");
    }

    [Fact]
    public void The_same_content_is_a_duplicate_and_names_the_first()
    {
        _folder.Write("a.md", "same words");
        _folder.Write("b.txt", "same words");

        var reading = ReadingOf.Paths(_folder.Path);

        reading.Documents.Select(d => d.Id).ShouldBe(["a.md"]);
        reading.Duplicates.ShouldBe([new DuplicateDocument(_folder["b.txt"], _folder["a.md"])]);
    }

    [Fact]
    public void Duplicates_are_kept_on_request()
    {
        _folder.Write("a.md", "same words");
        _folder.Write("b.txt", "same words");

        ReadingOf.With(new ReadOptions { SkipDuplicates = false }, _folder.Path).Documents.Count.ShouldBe(2);
    }

    [Fact]
    public void A_file_named_twice_is_read_once()
    {
        var path = _folder.Write("a.jsonl", """{"id": "1", "text": "words"}""");

        var reading = ReadingOf.With(new ReadOptions { SkipDuplicates = false }, _folder.Path, path);

        (reading.Documents.Count, reading.Bad.Count, reading.Duplicates.Count).ShouldBe((1, 0, 1));
    }

    [Fact]
    public void A_file_reached_by_a_link_is_read_once()
    {
        var path = _folder.Write("b.jsonl", """{"id": "1", "text": "words"}""");
        File.CreateSymbolicLink(_folder["a.jsonl"], path);

        var reading = ReadingOf.Paths(_folder.Path);

        reading.Bad.ShouldBeEmpty();
        reading.Duplicates.ShouldBe([new DuplicateDocument(path, _folder["a.jsonl"])]);
    }

    [Fact]
    public void What_was_read_adds_up_to_what_there_is()
    {
        _folder.Write("a/b.jsonl", "{\"text\": \"one\"}\r\n\nbroken\n");
        _folder.Write("c.md", "Привет");
        _folder.Write("d.png", "not counted");
        File.CreateSymbolicLink(_folder["e.txt"], _folder["nowhere"]);
        var reader = new DocumentReader(new ReadOptions());

        ReadingOf.From(reader, _folder.Path);

        InputSize.Of([_folder.Path], CancellationToken.None).ShouldBe(new InputSize(3, reader.BytesRead));
    }

    [Fact]
    public void Lines_are_read_as_they_are_asked_for()
    {
        var path = _folder.Write("a.jsonl", string.Concat(Enumerable.Range(0, 1000).Select(i => $"{{\"id\": {i}, \"text\": \"{i}\"}}\n")));
        var reader = new DocumentReader(new ReadOptions());

        reader.Read([path], CancellationToken.None).Take(2).Count().ShouldBe(2);

        reader.BytesRead.ShouldBe(2 * "{\"id\": 1, \"text\": \"1\"}\n".Length);
    }

    [Fact]
    public void Files_of_one_name_in_two_folders_get_two_ids()
    {
        _folder.Write("x/readme.md", "one");
        _folder.Write("y/readme.md", "two");

        var ids = ReadingOf.Paths(_folder["x"], _folder["y"]).Documents.Select(d => d.Id);

        ids.ShouldBe(["readme.md", _folder["y/readme.md"]]);
    }

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        _folder.Write("a.md", "one");
        using var source = new CancellationTokenSource();
        source.Cancel();

        Should.Throw<OperationCanceledException>(() => new DocumentReader(new ReadOptions()).Read([_folder.Path], source.Token).ToList());
    }
}
