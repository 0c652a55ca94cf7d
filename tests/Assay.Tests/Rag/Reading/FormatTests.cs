using System.Text;

namespace Assay.Tests.Rag.Reading;

public sealed class FormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Markdown_blocks_point_into_the_file_as_it_stands(string newline)
    {
        var text = """
            ---
            title: "Rolling \"back\""
            ---
            # Guide ##

            One *paragraph*
            of two lines.

            Setext
            ------

            - first
              - nested
                more
            - second

              its second paragraph
            1. third

            > quoted
            > lines

            ```sh
            # not a heading
            ```

            | a | b |
            |---|:-:|
            | 1 | 2 |

            ***
            [ref]: https://example.org
            """.ReplaceLineEndings(newline);

        var document = One("g.md", text);

        document.Title.ShouldBe("Rolling \"back\"");
        document.Text.ShouldBe(text);
        ReadingOf
            .BlocksOf(document)
            .ShouldBe([
                "Code: ---/title: \"Rolling \\\"back\\\"\"/---",
                "Heading1: # Guide ##",
                "Paragraph: One *paragraph*/of two lines.",
                "Heading2: Setext/------",
                "ListItem: - first",
                "ListItem: - nested/    more",
                "ListItem: - second",
                "ListItem: its second paragraph",
                "ListItem: 1. third",
                "Quote: > quoted/> lines",
                "Code: ```sh/# not a heading/```",
                "Table: | a | b |/|---|:-:|/| 1 | 2 |",
            ]);
    }

    [Theory]
    [InlineData("# A [link](x) and `code` #\n\ntext", "A link and code")]
    [InlineData("## Two\n\n# One\n\ntext", "One")]
    [InlineData("text alone", "file")]
    [InlineData("---\ntitle: Plain # comment\n---\n# H", "Plain")]
    [InlineData("---\ntitle: 'It''s'\n---\n# H", "It's")]
    [InlineData("---\ntitle: >\n  folded\n  lines\ndate: 1\n---\n# H", "folded lines")]
    [InlineData("---\ntitle:\n---\n# H", "H")]
    [InlineData("```\n# code\n```\n\n# H", "H")]
    [InlineData("> # quoted\n\ntext", "file")]
    public void A_markdown_title_is_the_front_matters_or_the_first_heading_or_the_file_name(string text, string title) =>
        One("file.md", text).Title.ShouldBe(title);

    [Fact]
    public void Markdown_that_is_nested_without_end_is_still_read()
    {
        var text = new string('>', 20_000) + " deep\n\n# After\n";

        var document = One("deep.md", text);

        document.Text.ShouldBe(text);
        document.Blocks.Count.ShouldBe(2);
    }

    [Fact]
    public void Plain_text_has_paragraphs_and_its_first_line_as_title()
    {
        var document = One("notes.txt", "\n Заметки \r\nвторая строка\r\n \r\n\r\nДругой абзац\rтретья\n");

        document.Title.ShouldBe("Заметки");
        ReadingOf.BlocksOf(document).ShouldBe(["Paragraph: Заметки /вторая строка", "Paragraph: Другой абзац/третья"]);
    }

    [Fact]
    public void A_long_first_line_is_no_title() => One("notes.txt", new string('x', 121)).Title.ShouldBe("notes");

    [Fact]
    public void Html_gives_its_readable_text_and_blocks()
    {
        const string html = """
            <!doctype html><html><head><title> Page
             title </title><style>p {}</style></head><body>
            <header>Site</header><nav><a href="/">Home</a></nav>
            <main><h1>Откат</h1>Bare <b>te</b>xt&nbsp;here<p>One<br>two   three<script>alert(1)</script></p>
            <ul><li>first<ul><li><p>nested</p></li></ul>tail</li></ul>
            <pre>  a
              b</pre>
            <table><tr><th>k</th><th>v</th></tr><tr><td>1</td><td>2</td></tr></table>
            <blockquote><p>said</p></blockquote><aside>ads</aside><form>Search</form></main><footer>(c)</footer><template>t</template>
            </body></html>
            """;

        var document = One("p.html", html);

        document.Title.ShouldBe("Page title");
        ReadingOf
            .BlocksOf(document)
            .ShouldBe([
                "Heading1: Откат",
                "Paragraph: Bare text here",
                "Paragraph: One/two three",
                "ListItem: first",
                "ListItem: nested",
                "ListItem: tail",
                "Code: a/  b",
                "Table: k | v",
                "Table: 1 | 2",
                "Quote: said",
            ]);
        document.Text.ShouldStartWith("Откат\n\nBare text here\n\n");
    }

    [Fact]
    public void Html_says_its_encoding_and_is_believed()
    {
        byte[] privet = [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2];
        _folder.Write("p.html", [.. "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'><p>"u8, .. privet]);

        ReadingOf.Paths(_folder.Path).Documents.ShouldHaveSingleItem().Text.ShouldBe("Привет");
    }

    [Fact]
    public void Html_without_a_title_takes_its_heading() => One("p.htm", "<h1>Major <i>news</i></h1><p>x").Title.ShouldBe("Major news");

    [Fact]
    public void A_page_of_scripts_and_menus_alone_has_no_readable_text()
    {
        _folder.Write("p.html", "<nav>Home</nav><script>x()</script>");

        ReadingOf.Paths(_folder.Path).Bad.ShouldHaveSingleItem().Problem.ShouldBe("The page has no readable text.");
    }

    [Fact]
    public void Html_nested_without_end_is_still_read()
    {
        var html = new StringBuilder().Insert(0, "<div>", 3_000).Append("deep").ToString();

        One("p.html", html).Text.ShouldBe("deep");
    }

    [Fact]
    public void Html_with_very_many_paragraphs_is_read_whole() =>
        One("p.html", string.Concat(Enumerable.Range(0, 50_000).Select(i => $"<p>{i}"))).Blocks.Count.ShouldBe(50_000);

    private Assay.Rag.Reading.Document One(string name, string text)
    {
        _folder.Write(name, text);
        var reading = ReadingOf.Paths(_folder.Path);
        reading.Bad.ShouldBeEmpty();
        return reading.Documents.ShouldHaveSingleItem();
    }
}
