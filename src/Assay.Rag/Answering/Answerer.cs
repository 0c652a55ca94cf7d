using Assay.Models.Offline;
using Assay.Rag.Chunking;
using Assay.Rag.Reading;
using Assay.Rag.Retrieving;

namespace Assay.Rag.Answering;

/// <summary>An answer with the passages it cites.</summary>
/// <param name="Question">The question.</param>
/// <param name="Model">What wrote or chose the answer.</param>
/// <param name="Sentences">Sentences, each with the number of its citation.</param>
/// <param name="Citations">The cited passages by number.</param>
/// <param name="Retrieval">What was retrieved and how.</param>
internal sealed record CitedAnswer(
    string Question,
    string Model,
    IReadOnlyList<Sentence> Sentences,
    IReadOnlyDictionary<int, Chunk> Citations,
    RetrievalResult Retrieval
);

/// <summary>Answers a question from retrieved passages.</summary>
internal static class Answerer
{
    /// <summary>Passages looked at; further ones seldom hold the answer.</summary>
    private const int Passages = 5;

    /// <summary>What starts a line that is a block of its own: list items, quotes, table rows, headings.</summary>
    private static readonly char[] Marks = ['#', '>', '-', '*', '+', '|'];

    public static CitedAnswer Answer(RetrievalResult retrieval)
    {
        var passages = retrieval.Passages.Take(Passages).ToList();
        var sentences = passages
            .SelectMany((p, i) => SentencesOf(p.Chunk).Select(text => new Sentence(text, i + 1, $"{p.Chunk.Title} {p.Chunk.HeadingPath}")))
            .ToList();
        var answer = ExtractiveAnswerer.Answer(retrieval.Query, sentences);
        var cited = answer.Sentences.Select(s => s.Passage).Distinct().Order().ToDictionary(n => n, n => passages[n - 1].Chunk);
        return new CitedAnswer(retrieval.Query, answer.Model, answer.Sentences, cited, retrieval);
    }

    /// <summary>A passage's sentences as a person would quote them: without Markdown marks, headings and the line breaks of a wrapped paragraph.</summary>
    private static IEnumerable<string> SentencesOf(Chunk chunk)
    {
        foreach (var paragraph in Paragraphs(ReadableText.Of(chunk)))
        {
            foreach (var range in SentenceSplitter.Split(paragraph, new TextRange(0, paragraph.Length)))
            {
                var sentence = paragraph[range.Start..range.End].Trim();
                if (sentence.Length > 0)
                {
                    yield return sentence;
                }
            }
        }
    }

    private static IEnumerable<string> Paragraphs(string text)
    {
        var lines = new List<string>();
        var inCode = false;
        foreach (var raw in text.Split('\n').Append(""))
        {
            var line = raw.Trim();
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inCode = !inCode;
                continue;
            }

            if (inCode)
            {
                continue;
            }

            if (lines.Count > 0 && (line.Length == 0 || Marks.Contains(line[0]) || char.IsAsciiDigit(line[0])))
            {
                yield return string.Join(' ', lines);
                lines.Clear();
            }

            var plain = line.TrimStart(Marks).TrimStart().Trim('|').Trim();
            if (plain.Length > 0 && line[0] != '#')
            {
                lines.Add(plain);
            }
        }
    }
}
