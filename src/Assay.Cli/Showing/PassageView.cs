using System.Globalization;
using System.Text;
using Assay.Rag.Answering;
using Assay.Rag.Retrieving;

namespace Assay.Cli.Showing;

/// <summary>Ranked passages for a terminal of 80 columns.</summary>
internal static class PassageView
{
    private const int Width = 80;
    private const int SnippetLines = 3;

    public static async Task WriteAsync(TextWriter output, RetrievalResult result)
    {
        if (result.Passages.Count == 0)
        {
            await output.WriteLineAsync("No passage found: the index knows none of the words.");
        }

        foreach (var passage in result.Passages)
        {
            await output.WriteLineAsync($"{passage.Rank, 2}. {Place(passage)}");
            await output.WriteLineAsync("    " + Scores(passage));
            foreach (var line in Wrap(ReadableText.Of(passage.Chunk), Width - 4).Take(SnippetLines))
            {
                await output.WriteLineAsync("    " + line);
            }

            await output.WriteLineAsync();
        }

        await WriteStagesAsync(output, result.Stages);
    }

    /// <summary>One line a stage: what ran, how long, or why not.</summary>
    public static async Task WriteStagesAsync(TextWriter output, IReadOnlyList<StageOutcome> stages)
    {
        await output.WriteLineAsync("Stages:");
        foreach (var stage in stages)
        {
            var how =
                stage.Status == StageOutcome.Applied
                    ? string.Create(CultureInfo.InvariantCulture, $"applied ({stage.Model}, {stage.LatencyMs:0.00} ms)")
                    : $"{stage.Status} ({stage.Reason})";
            await output.WriteLineAsync($"  {stage.Stage, -7} {how}");
        }
    }

    /// <summary>Breaks text into lines of at most <paramref name="width"/> characters at white space.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    private static string Place(RetrievedPassage passage)
    {
        var heading = passage.Chunk.HeadingPath.Length > 0 ? passage.Chunk.HeadingPath : passage.Chunk.Title;
        var place = heading.Length > 0 ? $"{passage.Chunk.DocumentId}  {heading}" : passage.Chunk.DocumentId;
        return place.Length <= Width - 4 ? place : place[..(Width - 5)] + "…";
    }

    private static string Scores(RetrievedPassage passage)
    {
        var scores = new (string Name, double? Value)[]
        {
            ("sparse", passage.Sparse),
            ("dense", passage.Dense),
            ("fused", passage.Fused),
            ("rerank", passage.Reranked),
        };
        return string.Join("  ", scores.Where(s => s.Value is not null).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Name} {s.Value:0.000}")));
    }
}
