using System.Text;
using Assay.Rag.Reading;

namespace Assay.Tests.Rag.Chunking;

/// <summary>Documents drawn from a seed: Markdown in two languages with everything that makes cutting hard, sound and broken.</summary>
internal static class RandomDocuments
{
    private static readonly string[] Words =
    [
        "release",
        "the",
        "rollback",
        "v1.2.3",
        "3.14",
        "config.yaml",
        "e.g.",
        "Dr.",
        "U.S.",
        "откат",
        "релиза",
        "т. е.",
        "и т. д.",
        "рис. 5",
        "А. С. Пушкин",
        "г.",
        "😀",
        "👩‍👩‍👧",
        "naïve",
        "東京。大阪",
        "--",
        "(see",
        "below)",
        "«цитата»",
        "\"quoted.\"",
        "Wait…",
        "Что?!",
        "x=y",
        "https://a.b/c?d=e.f",
        "don't",
        "из-за",
        "é",
    ];

    public static Document Markdown(int seed)
    {
        var random = new Random(seed);
        var newline = random.Next(3) == 0 ? "\r\n" : "\n";
        var text = new StringBuilder();
        for (var i = random.Next(1, 25); i > 0; i--)
        {
            text.Append(Block(random)).Append('\n', random.Next(1, 4));
        }

        var whole = text.ToString().ReplaceLineEndings(newline);
        return MarkdownText.Parse(new SourceFile("r.md", "r.md", SourceFormat.Markdown), "r.md", whole);
    }

    public static Document Plain(int seed)
    {
        var markdown = Markdown(seed);
        return markdown with { Blocks = new ParagraphBlocks(markdown.Text) };
    }

    private static string Block(Random random) =>
        random.Next(12) switch
        {
            0 or 1 => new string('#', random.Next(1, 7)) + " " + Sentence(random, 5),
            2 => Sentence(random, 4) + "\n" + new string(random.Next(2) == 0 ? '=' : '-', 4),
            3 => string.Join('\n', Enumerable.Range(0, random.Next(1, 9)).Select(_ => new string(' ', 2 * random.Next(4)) + "- " + Sentence(random, 12))),
            4 => "| a | b |\n|---|---|\n"
                + string.Join('\n', Enumerable.Range(0, random.Next(1, 30)).Select(_ => $"| {Sentence(random, 3)} | {Sentence(random, 3)} |")),
            5 => "```\n" + string.Join('\n', Enumerable.Range(0, random.Next(1, 30)).Select(_ => Sentence(random, 6))) + (random.Next(3) == 0 ? "\n" : "\n```"),
            6 => "> " + Paragraph(random, 3).Replace(". ", ".\n> "),
            7 => "---\n[ref]: http://x.y \"t\"\n<!-- comment -->\n<div>\n" + Sentence(random, 3) + "\n</div>\n",
            8 => string.Join(' ', Enumerable.Range(0, random.Next(1, 400)).Select(_ => Words[random.Next(2, 12)].TrimEnd('.'))),
            9 => "# " + Sentence(random, 60),
            _ => Paragraph(random, random.Next(1, 30)),
        };

    private static string Paragraph(Random random, int sentences) =>
        string.Join(random.Next(4) == 0 ? "\n" : " ", Enumerable.Range(0, sentences).Select(_ => Sentence(random, 20)));

    private static string Sentence(Random random, int most)
    {
        var words = string.Join(' ', Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Words[random.Next(Words.Length)]));
        return char.ToUpperInvariant(words[0]) + words[1..] + (random.Next(5) == 0 ? "!" : ".");
    }
}
