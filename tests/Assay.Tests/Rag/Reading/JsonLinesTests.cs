using Assay.Rag.Reading;

namespace Assay.Tests.Rag.Reading;

public sealed class JsonLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fields_are_read_and_others_are_passed_by()
    {
        var reading = Read(
            """{"meta": {"text": "no", "id": [1, {}]}, "id": "d1", "title": "Заголовок", "text": "Первый \"абзац\".\n\nВторой 😀.", "url": null}"""
        );

        var document = reading.Documents.ShouldHaveSingleItem();
        (document.Id, document.Title, document.Source).ShouldBe(("d1", "Заголовок", "c.jsonl#1"));
        document.Text.ShouldBe("Первый \"абзац\".\n\nВторой 😀.");
        ReadingOf.BlocksOf(document).ShouldBe(["Paragraph: Первый \"абзац\".", "Paragraph: Второй 😀."]);
    }

    [Fact]
    public void A_missing_id_is_the_file_and_line_and_a_number_is_an_id()
    {
        var reading = Read("{\"text\": \"one\"}\n\n{\"id\": 17, \"text\": \"two\"}\r\n{\"_id\": \"beir\", \"text\": \"three\"}");

        reading.Documents.Select(d => d.Id).ShouldBe(["c.jsonl#1", "17", "beir"]);
        reading.Documents.Select(d => d.Title).ShouldAllBe(title => title == "");
    }

    [Theory]
    [InlineData("{\"text\": \"a\"", "broken")]
    [InlineData("{\"text\": \"a\"} x", "broken")]
    [InlineData("{\"text\": \"a\"} {}", "broken")]
    [InlineData("text", "broken")]
    [InlineData("[{\"text\": \"a\"}]", "no JSON object")]
    [InlineData("\"text\"", "no JSON object")]
    [InlineData("{\"title\": \"a\"}", "no \"text\"")]
    [InlineData("{\"text\": null}", "no \"text\"")]
    [InlineData("{\"text\": 5}", "\"text\" is no string")]
    [InlineData("{\"text\": [\"a\"]}", "\"text\" is no string")]
    [InlineData("{\"text\": \"a\", \"title\": {}}", "\"title\" is no string")]
    [InlineData("{\"text\": \" \\n\"}", "\"text\" is empty")]
    [InlineData("{\"id\": \"\", \"text\": \"a\"}", "\"id\" is empty")]
    [InlineData("{\"text\": \"\\ud800\"}", "surrogate")]
    public void A_bad_line_is_named_and_the_next_one_is_read(string line, string problem)
    {
        var reading = Read("{\"text\": \"before\"}\n" + line + "\n{\"text\": \"after\"}");

        reading.Documents.Select(d => d.Text).ShouldBe(["before", "after"]);
        var bad = reading.Bad.ShouldHaveSingleItem();
        bad.Line.ShouldBe(2);
        bad.Problem.ShouldContain(problem);
        bad.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public void An_id_is_used_once_in_a_run_across_files()
    {
        _folder.Write("b.jsonl", "{\"id\": \"1\", \"text\": \"elsewhere\"}");

        var bad = Read("{\"id\": \"1\", \"text\": \"here\"}").Bad.ShouldHaveSingleItem();

        bad.ShouldBe(new BadDocument(_folder["c.jsonl"], 1, "The id '1' was used before.", bad.Fix));
    }

    [Fact]
    public void A_byte_that_is_no_utf8_is_named_by_its_place_in_the_file()
    {
        _folder.Write("c.jsonl", [.. "\uFEFF{\"text\": \"one\"}\n{\"text\": \""u8, 0xCF, 0xF0, .. "\"}\n"u8]);

        var reading = ReadingOf.Paths(_folder.Path);

        reading.Documents.Count.ShouldBe(1);
        var bad = reading.Bad.ShouldHaveSingleItem();
        (bad.Line, bad.Problem).ShouldBe((2, "The text is not valid UTF-8 at byte 29."));
    }

    [Fact]
    public void The_same_text_is_a_duplicate_unless_its_title_differs()
    {
        var reading = Read("{\"text\": \"same\"}\n{\"text\": \"same\", \"title\": \"t\"}\n{\"text\": \"same\"}");

        reading.Documents.Count.ShouldBe(2);
        reading.Duplicates.ShouldBe([new DuplicateDocument(_folder["c.jsonl"] + "#3", _folder["c.jsonl"] + "#1")]);
    }

    [Fact]
    public void A_line_over_the_limit_is_named_and_the_next_one_is_read()
    {
        var path = _folder["c.jsonl"];
        using (var writer = new StreamWriter(path))
        {
            writer.WriteLine("{\"text\": \"before\"}");
            writer.WriteLine("{\"text\": \"" + new string('x', JsonLinesFile.MaxLineBytes + 1) + "\"}");
            writer.WriteLine("{\"text\": \"" + new string('y', 1 << 20) + "\"}");
        }

        var reading = ReadingOf.Paths(path);

        reading.Documents.Select(d => d.Text.Length).ShouldBe([6, 1 << 20]);
        reading.Bad.ShouldHaveSingleItem().ShouldSatisfyAllConditions(b => b.Line.ShouldBe(2), b => b.Problem.ShouldBe("The line is longer than 16 MiB."));
    }

    [Fact]
    public void Lines_that_cross_the_ends_of_the_buffer_stay_whole()
    {
        var lengths = Enumerable.Range(1, 400).Select(i => (i * 7919) % 9000).ToList();
        var reading = Read(string.Join("\r\n", lengths.Select((n, i) => $"{{\"id\": {i}, \"text\": \"{i} {new string('ж', n)}\"}}")));

        reading.Bad.ShouldBeEmpty();
        reading.Documents.Select(d => d.Text).ShouldBe(lengths.Select((n, i) => $"{i} {new string('ж', n)}"));
    }

    private ReadingOf Read(string text)
    {
        _folder.Write("c.jsonl", text);
        return ReadingOf.Paths(_folder.Path);
    }
}
