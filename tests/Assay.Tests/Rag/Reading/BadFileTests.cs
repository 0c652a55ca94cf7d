using System.Runtime.Versioning;
using System.Text;
using Assay.Rag.Reading;

namespace Assay.Tests.Rag.Reading;

public sealed class BadFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.md", "")]
    [InlineData("a.txt", " \r\n\t \n")]
    [InlineData("a.html", "")]
    [InlineData("a.jsonl", "")]
    [InlineData("b.jsonl", "\n\n")]
    [InlineData("a.markdown", "\uFEFF")]
    public void An_empty_file_is_named(string name, string text)
    {
        _folder.Write(name, text);

        Only(name).Problem.ShouldBe("The file is empty.");
    }

    [Theory]
    [InlineData("a.md")]
    [InlineData("a.htm")]
    [InlineData("a.jsonl")]
    public void A_binary_file_is_named(string name)
    {
        _folder.Write(name, [(byte)'P', (byte)'K', 3, 4, 0, 0, 8, 0]);

        Only(name).Problem.ShouldContain("binary");
    }

    [Fact]
    public void Windows_1251_is_not_guessed_but_named_with_the_byte_and_the_fix()
    {
        byte[] privet = [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2];
        _folder.Write("a.txt", [.. "Hello, "u8, .. privet]);

        var bad = Only("a.txt");

        bad.Problem.ShouldBe("The text is not valid UTF-8 at byte 7.");
        bad.Fix.ShouldContain("iconv -f WINDOWS-1251");
    }

    [Fact]
    public void The_bad_byte_is_found_far_into_a_file()
    {
        _folder.Write("a.md", [.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(new string('я', 5000)), 0xC0, (byte)'x']);

        Only("a.md").Problem.ShouldEndWith("at byte 10003.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Utf16_is_read_by_its_byte_order_mark(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        _folder.Write("a.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes("Привет, 😀 world")]);
        _folder.Write("b.jsonl", [.. encoding.GetPreamble(), .. encoding.GetBytes("{\"id\":\"1\",\"text\":\"Строка 😀\"}\n{\"text\":\"две\"}")]);

        ReadingOf.Paths(_folder.Path).Documents.Select(d => d.Text).ShouldBe(["Привет, 😀 world", "Строка 😀", "две"]);
    }

    [Fact]
    public void Half_a_surrogate_pair_in_utf16_is_named_with_its_byte()
    {
        _folder.Write("a.txt", [0xFF, 0xFE, (byte)'a', 0, 0x00, 0xD8, (byte)'b', 0]);

        Only("a.txt").Problem.ShouldBe("The text is not valid UTF-16 at byte 4.");
    }

    [Fact]
    public void An_odd_byte_at_the_end_of_utf16_is_named()
    {
        _folder.Write("a.txt", [0xFF, 0xFE, (byte)'a', 0, (byte)'b']);

        Only("a.txt").Problem.ShouldBe("The text is not valid UTF-16 at byte 4.");
    }

    [Fact]
    public void Utf32_is_named_with_its_fix()
    {
        _folder.Write("a.txt", [0xFF, 0xFE, 0, 0, (byte)'a', 0, 0, 0]);

        Only("a.txt").Fix.ShouldContain("iconv -f UTF-32");
    }

    [Fact]
    public void A_file_over_the_limit_is_named_with_its_size()
    {
        _folder.Write("big.txt", new string('x', (1 << 20) + 1));

        var bad = ReadingOf.With(new ReadOptions { MaxDocumentMb = 1 }, _folder.Path).Bad.ShouldHaveSingleItem();

        bad.Problem.ShouldBe("The file has 1048577 bytes, more than 1 MiB.");
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("no-such-name")]
    public void A_page_that_names_an_encoding_which_nobody_reads_is_read_as_utf8(string name)
    {
        _folder.Write("a.html", $"<html><head><meta charset=\"{name}\"><title>Страница</title></head><body><p>words</p></body></html>");
        _folder.Write("b.txt", "more words");

        var documents = ReadingOf.Paths(_folder.Path).Documents;
        documents.Count.ShouldBe(2);
        documents.ShouldContain(d => d.Title == "Страница");
    }

    [Theory]
    [InlineData("a.md", '[')]
    [InlineData("a.html", '\n')]
    public void A_heading_that_repeats_a_mark_a_million_times_is_read(string name, char mark)
    {
        var heading = $"begin{new string(mark, 1_000_000)}end";
        _folder.Write(name, name.EndsWith("html", StringComparison.Ordinal) ? $"<body><h1>{heading}</h1><p>words</p></body>" : $"# {heading}\n\nwords\n");

        ReadingOf.Paths(_folder.Path).Documents.ShouldHaveSingleItem().Title.ShouldStartWith("begin");
    }

    [Fact]
    public void A_link_to_itself_is_unreadable_and_the_rest_is_read()
    {
        File.CreateSymbolicLink(_folder["a.txt"], _folder["a.txt"]);
        File.CreateSymbolicLink(_folder["b.jsonl"], _folder["nowhere"]);
        _folder.Write("c.txt", "words");

        var reading = ReadingOf.Paths(_folder.Path);

        reading.Documents.Count.ShouldBe(1);
        reading.Bad.Count.ShouldBe(2);
        reading.Bad.ShouldAllBe(bad => bad.Problem.StartsWith("The file cannot be read"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_and_a_folder_without_permission_are_named()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "A privileged user may read everything.");
        _folder.Write("a.txt", "words");
        _folder.Write("closed/b.txt", "words");
        File.SetUnixFileMode(_folder["a.txt"], UnixFileMode.None);
        File.SetUnixFileMode(_folder["closed"], UnixFileMode.None);

        var bad = ReadingOf.Paths(_folder.Path).Bad;

        File.SetUnixFileMode(_folder["closed"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        bad.Select(b => b.Source).ShouldBe([_folder["a.txt"], _folder["closed"]]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void A_limit_out_of_range_is_wrong_usage(int megabytes) =>
        Should.Throw<AssayException>(() => new DocumentReader(new ReadOptions { MaxDocumentMb = megabytes })).ExitCode.ShouldBe(ExitCode.WrongUsage);

    private BadDocument Only(string name)
    {
        var reading = ReadingOf.Paths(_folder.Path);
        reading.Documents.ShouldBeEmpty();
        var bad = reading.Bad.ShouldHaveSingleItem();
        bad.Source.ShouldBe(_folder[name]);
        bad.Fix.ShouldNotBeEmpty();
        return bad;
    }
}
