using Assay.Rag.Chunking;
using Assay.Rag.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Tests.Rag.Chunking;

public sealed class ChunkPropertyTests
{
    private static readonly ChunkOptions[] Sizes =
    [
        new() { MaxTokens = 16, OverlapTokens = 0 },
        new() { MaxTokens = 16, OverlapTokens = 7 },
        new() { MaxTokens = 48, OverlapTokens = 12 },
        new() { MaxTokens = 320, OverlapTokens = 40 },
        new() { MaxTokens = 4096, OverlapTokens = 2047 },
        new()
        {
            Strategy = ChunkStrategy.Windows,
            MaxTokens = 16,
            OverlapTokens = 0,
        },
        new()
        {
            Strategy = ChunkStrategy.Windows,
            MaxTokens = 16,
            OverlapTokens = 7,
        },
        new()
        {
            Strategy = ChunkStrategy.Windows,
            MaxTokens = 320,
            OverlapTokens = 40,
        },
    ];

    [Fact]
    public void Random_markdown_is_cut_without_loss() => ForSeeds(RandomDocuments.Markdown);

    [Fact]
    public void Random_plain_text_is_cut_without_loss() => ForSeeds(RandomDocuments.Plain);

    [Fact]
    public void Any_string_at_all_is_cut_without_loss() =>
        Prop.ForAll<NonNull<string>>(text =>
            {
                foreach (var options in Sizes)
                {
                    Hold(new Document("d", "t", text.Get, "d", new ParagraphBlocks(text.Get)), options);
                    Hold(MarkdownText.Parse(new SourceFile("d.md", "d.md", SourceFormat.Markdown), "d", text.Get), options);
                }
            })
            .Holds();

    [Fact]
    public void Blocks_that_overlap_or_cut_words_lose_nothing() => ForSeeds(seed => WithBlocksAnywhere(RandomDocuments.Markdown(seed), new Random(seed)));

    private static Document WithBlocksAnywhere(Document document, Random random)
    {
        var blocks = Enumerable
            .Range(0, 60)
            .Select(_ => random.Next(document.Text.Length))
            .Select(start => new Block((BlockKind)random.Next(6), start, random.Next(document.Text.Length - start), 1));
        return document with { Blocks = [.. blocks.OrderBy(block => block.Start)] };
    }

    private static void ForSeeds(Func<int, Document> make)
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var document = make(seed);
            foreach (var options in Sizes)
            {
                Hold(document, options, $"seed {seed}, at most {options.MaxTokens}");
            }
        }
    }

    private static void Hold(Document document, ChunkOptions options, string where = "")
    {
        var chunks = new Chunker(options).Chunk(document);

        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            chunk.Ordinal.ShouldBe(i, where);
            chunk.Id.ShouldBe($"{document.Id}#{i}", where);
            chunk.Text.ShouldBe(document.Text.Substring(chunk.Start, chunk.Length), where);
            chunk.Text.Trim().ShouldBe(chunk.Text, where);
            chunk.TokenCount.ShouldBe(TokenMap.CountUpTo(chunk.Text, int.MaxValue - 1), where);
            chunk.TokenCount.ShouldBeLessThanOrEqualTo(options.MaxTokens, where);
            if (i > 0)
            {
                Follows(document, chunks[i - 1], chunk, options, where);
            }
        }

        NothingIsLost(document, chunks, where);
        new Chunker(options).Chunk(document).ShouldBe(chunks, where);
    }

    private static void Follows(Document document, Chunk before, Chunk chunk, ChunkOptions options, string where)
    {
        chunk.Start.ShouldBeGreaterThan(before.Start, where);
        (chunk.Start + chunk.Length).ShouldBeGreaterThan(before.Start + before.Length, where);
        var repeated = before.Start + before.Length - chunk.Start;
        if (repeated > 0)
        {
            TokenMap.CountUpTo(document.Text.AsSpan(chunk.Start, repeated), int.MaxValue - 1).ShouldBeLessThanOrEqualTo(options.OverlapTokens, where);
        }
    }

    private static void NothingIsLost(Document document, List<Chunk> chunks, string where)
    {
        var at = 0;
        foreach (var chunk in chunks)
        {
            document.Text.AsSpan(Math.Min(at, chunk.Start), chunk.Start - Math.Min(at, chunk.Start)).IsWhiteSpace().ShouldBeTrue(where);
            at = Math.Max(at, chunk.Start + chunk.Length);
        }

        document.Text.AsSpan(at).IsWhiteSpace().ShouldBeTrue(where);
    }
}
