using Assay.Rag.Chunking;
using Assay.Rag.Reading;

namespace Assay.Tests.Rag.Chunking;

public sealed class ChunkerTests
{
    private static readonly ChunkOptions Small = new() { MaxTokens = 32, OverlapTokens = 8 };

    [Fact]
    public void A_short_document_is_one_chunk()
    {
        var chunk = Cut(new ChunkOptions(), Plain("\n One line.\n\nAnother. ")).ShouldHaveSingleItem();

        (chunk.Id, chunk.Text, chunk.Start, chunk.TokenCount, chunk.HeadingPath).ShouldBe(("d#0", "One line.\n\nAnother.", 2, 3, ""));
    }

    [Fact]
    public void The_whole_text_of_a_short_document_is_not_copied()
    {
        var document = Plain("One line.");

        Cut(new ChunkOptions(), document)[0].Text.ShouldBeSameAs(document.Text);
    }

    [Fact]
    public void Large_sections_are_chunks_of_their_own_and_know_their_headings()
    {
        var chunks = Cut(Small, Markdown($"# T\n\n## A\n\n{Words("a", 20)}\n\n### A1\n\n{Words("b", 20)}\n\n## B\n\n{Words("c", 20)}"));

        chunks.Select(c => c.HeadingPath).ShouldBe(["A", "A > A1", "B"]);
        chunks[0].Text.ShouldStartWith("# T\n\n## A\n\na0");
        chunks[1].Text.ShouldStartWith("### A1\n\nb0");
    }

    [Fact]
    public void Windows_are_cut_every_so_many_words_and_repeat_some_of_them_whatever_stands_there()
    {
        var chunks = Cut(Small with { Strategy = ChunkStrategy.Windows }, Markdown($"# T\n\n## A\n\n{Words("a", 20)}\n\n## B\n\n{Words("b", 40)}"));

        chunks.Select(c => (c.TokenCount, c.HeadingPath)).ShouldBe([(32, ""), (32, ""), (15, "")]);
        chunks[0].Text.ShouldStartWith("# T\n\n## A\n\na0");
        chunks[0].Text.ShouldEndWith(" b8");
        chunks[1].Text.ShouldStartWith("b1 ");
        chunks[2].Text.ShouldStartWith("b25 ");
    }

    [Fact]
    public void The_title_is_not_in_the_path_but_other_first_level_headings_are()
    {
        var chunks = Cut(Small, Markdown($"# T\n\n{Words("a", 20)}\n\n# U\n\n## V\n\n{Words("b", 20)}"));

        chunks.Select(c => c.HeadingPath).ShouldBe(["", "U > V"]);
    }

    [Fact]
    public void Small_paragraphs_of_a_section_are_packed_together()
    {
        var chunks = Cut(Small, Markdown(string.Join("\n\n", Enumerable.Range(0, 8).Select(i => Words($"p{i}x", 10)))));

        chunks.Select(c => c.TokenCount).ShouldBe([30, 30, 20]);
    }

    [Fact]
    public void Very_small_siblings_are_joined_and_named_by_what_they_share()
    {
        var chunks = Cut(
            new ChunkOptions { MaxTokens = 64, OverlapTokens = 8 },
            Markdown("# T\n\n## F\n\n### A\n\none\n\n### B\n\ntwo\n\n### C\n\n" + Words("c", 60))
        );

        chunks.Select(c => c.HeadingPath).ShouldBe(["F", "F > C"]);
        chunks[0].Text.ShouldEndWith("### B\n\ntwo");
    }

    [Fact]
    public void A_small_section_is_not_joined_across_a_heading_above_it()
    {
        var chunks = Cut(Small, Markdown($"# T\n\n{Words("t", 20)}\n\n### A1\n\none\n\n## B\n\ntwo"));

        chunks.Select(c => c.HeadingPath).ShouldBe(["", "A1", "B"]);
    }

    [Fact]
    public void A_heading_stays_with_its_text_even_when_the_text_must_be_cut_for_it()
    {
        var chunks = Cut(Small, Markdown("## " + Words("h", 10) + "\n\n" + Words("a", 31)));

        chunks.Select(c => c.TokenCount).ShouldBe([32, 9]);
    }

    [Fact]
    public void A_heading_over_a_paragraph_longer_than_a_chunk_stays_with_its_first_sentences()
    {
        var chunks = Cut(Small, Markdown("# T\n\n## A\n\n" + string.Join(' ', Enumerable.Range(0, 12).Select(i => $"S{i} has just five words."))));

        chunks[0].Text.ShouldEndWith("S5 has just five words.");
        chunks.ShouldAllBe(c => c.HeadingPath == "A");
    }

    [Fact]
    public void A_long_paragraph_is_cut_at_sentences_and_repeats_whole_ones()
    {
        var sentences = Enumerable.Range(0, 12).Select(i => $"S{i} has just five words.").ToList();

        var chunks = Cut(Small, Markdown(string.Join(' ', sentences)));

        chunks.ShouldAllBe(c => c.Text.StartsWith('S') && c.Text.EndsWith('.'));
        chunks[0].Text.ShouldEndWith("S5 has just five words.");
        chunks[1].Text.ShouldStartWith("S5 has just five words. S6");
    }

    [Fact]
    public void Nothing_is_repeated_across_a_heading()
    {
        var chunks = Cut(Small, Markdown($"## A\n\nShort one. {Words("a", 25)}.\n\nEnd it.\n\n## B\n\n{Words("b", 25)}."));

        chunks[^1].Text.ShouldStartWith("## B");
    }

    [Fact]
    public void A_sentence_longer_than_a_chunk_is_cut_between_words()
    {
        var chunks = Cut(Small, Markdown(Words("w", 100)));

        chunks.Select(c => c.TokenCount).ShouldBe([32, 32, 32, 4]);
        chunks[1].Text.ShouldStartWith("w32 ");
    }

    [Fact]
    public void Code_and_tables_are_cut_at_lines()
    {
        var lines = Enumerable.Range(0, 30).Select(i => $"call{i}(one. Two);");

        var chunks = Cut(Small, Markdown("```\n" + string.Join('\n', lines) + "\n```"));

        chunks.Count.ShouldBeGreaterThan(2);
        chunks.SkipLast(1).ShouldAllBe(c => c.Text.EndsWith(");"));
    }

    [Fact]
    public void A_heading_without_text_is_kept()
    {
        Cut(Small, Markdown("# T\n\n" + Words("a", 20) + "\n\n# Empty\n")).Select(c => c.Text).Last().ShouldBe("# Empty");
    }

    [Fact]
    public void Sentences_without_a_word_are_not_repeated()
    {
        var chunks = Cut(Small, Plain(Words("a", 32) + ". " + string.Concat(Enumerable.Repeat("! ", 50)) + Words("B", 20)));

        chunks[1].Text.ShouldBe(Words("B", 20));
    }

    [Fact]
    public void A_hundred_thousand_headings_and_rules_without_a_word_take_no_time()
    {
        var text = string.Concat(Enumerable.Repeat("# 😀\n\n***\n\n", 100_000));

        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        Cut(Small, Markdown(text)).ShouldHaveSingleItem().Length.ShouldBe(text.Length - 2);

        // About half a second; minutes where the cost grows with the square of the length.
        clock.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void White_space_alone_gives_no_chunk() => Cut(Small, Plain(" \n\t")).ShouldBeEmpty();

    [Theory]
    [InlineData(15, 0)]
    [InlineData(4097, 0)]
    [InlineData(32, 16)]
    [InlineData(32, -1)]
    public void Sizes_out_of_range_are_wrong_usage(int most, int overlap) =>
        Should.Throw<AssayException>(() => new Chunker(new ChunkOptions { MaxTokens = most, OverlapTokens = overlap })).ExitCode.ShouldBe(ExitCode.WrongUsage);

    private static List<Chunk> Cut(ChunkOptions options, Document document) => new Chunker(options).Chunk(document);

    private static Document Plain(string text) => new("d", "t", text, "d", new ParagraphBlocks(text));

    private static Document Markdown(string text) => MarkdownText.Parse(new SourceFile("d.md", "d.md", SourceFormat.Markdown), "d", text);

    private static string Words(string stem, int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"{stem}{i}"));
}
