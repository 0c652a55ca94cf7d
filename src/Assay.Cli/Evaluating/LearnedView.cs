using Assay.Cli.Showing;
using Assay.Evaluation.Gates.Learning;

namespace Assay.Cli.Evaluating;

/// <summary>Learned limits for a reader.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Learned">What was learned.</param>
/// <param name="File">Where it is kept; null when it is not.</param>
internal sealed record LearnedDocument(string Benchmark, LearnedBenchmark Learned, string? File);

/// <summary>Learned limits in words, for a terminal of 80 columns.</summary>
internal static class LearnedView
{
    public static async Task WriteAsync(TextWriter output, LearnedDocument document)
    {
        foreach (var line in Lines(document))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(LearnedDocument document)
    {
        var learned = document.Learned;
        yield return $"{document.Benchmark}: {NumberText.Counted(learned.Runs.Count, "blessed run")}{(learned.IsDryRun ? " of offline models" : "")}"
            + (learned.Unlike > 0 ? $"; {learned.Unlike} on other cases or models left out" : "");
        foreach (var limit in learned.Limits)
        {
            yield return $"{limit.Gate}: {Limit(limit)}";
            foreach (var line in WrappedText.Within(How(limit), 76))
            {
                yield return "    " + line;
            }
        }

        if (learned.Limits.Count == 0)
        {
            yield return "No gate of this benchmark has a limit that can be learned: a difference has its baseline.";
        }

        yield return document.File is { } file ? $"kept in {file}" : "not kept; --save keeps it for the next runs";
    }

    private static string Limit(LearnedLimit limit) =>
        limit.Limit is { } value ? $"{(limit.Side == ThresholdSide.AtLeast ? "≥" : "≤")} {NumberText.Of(value)}" : "nothing learned";

    private static string How(LearnedLimit limit)
    {
        var spread = limit is { Mean: { } mean, RunDeviation: { } deviation }
            ? $"; the figure is {NumberText.Of(mean)} on average and moves by {NumberText.Of(deviation)} from run to run"
            : "";
        var floor = limit.Floor is { } least ? $"; floor {NumberText.Of(least)}" : "";
        var confidence = limit.Limit is null ? "" : $", {limit.Confidence * 100:0.#} %";
        return FormattableString.Invariant($"{limit.Reason}{confidence}{floor}{spread}");
    }
}
