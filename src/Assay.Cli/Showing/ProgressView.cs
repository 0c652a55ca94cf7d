using Assay.Rag;
using Assay.Rag.Indexing;
using Spectre.Console;

namespace Assay.Cli.Showing;

/// <summary>Shows how far the work is: bars with rate and time left on a terminal, one line a finished stage elsewhere.</summary>
internal static class ProgressView
{
    public static async Task<T> ShowAsync<T>(CommandSurroundings surroundings, Func<Action<StageProgress>, Task<T>> work)
    {
        if (!surroundings.IsTerminal)
        {
            return await work(new ProgressLines(surroundings).Report);
        }

        return await TerminalBars.ShowAsync(surroundings, clear: false, bars => work(new StageBars(bars).Report));
    }
}

/// <summary>Lines for a log file: each stage once, when it is done.</summary>
internal sealed class ProgressLines(CommandSurroundings surroundings)
{
    private readonly HashSet<RagStage> done = [];
    private readonly long started = surroundings.Time.GetTimestamp();

    public void Report(StageProgress progress)
    {
        if (progress.Done >= progress.Total && done.Add(progress.Stage))
        {
            var seconds = surroundings.Time.GetElapsedTime(started).TotalSeconds;
            surroundings.Error.WriteLine(
                FormattableString.Invariant($"{seconds, 7:0.00} s  {StageLabel.Of(progress.Stage), -7} {Amount.Of(progress.Total, progress.Unit)}")
            );
        }
    }
}

/// <summary>One bar a stage.</summary>
internal sealed class StageBars(TerminalBars bars)
{
    private readonly Dictionary<RagStage, ProgressTask> stages = [];

    public void Report(StageProgress progress)
    {
        if (!stages.TryGetValue(progress.Stage, out var bar))
        {
            stages[progress.Stage] = bar = bars.Add(StageLabel.Of(progress.Stage), progress.Unit, progress.Total);
        }

        bar.Value = progress.Total == 0 ? 1 : progress.Done;
    }
}

/// <summary>What a stage is called while it works.</summary>
internal static class StageLabel
{
    public static string Of(RagStage stage) => stage == RagStage.Fuse ? "search" : stage.ToString().ToLowerInvariant();
}

/// <summary>A number with its unit, short enough for a terminal.</summary>
internal static class Amount
{
    public static string Of(long value, string unit) =>
        unit == "bytes"
            ? value >= 1_000_000
                ? FormattableString.Invariant($"{value / 1e6:0.0} MB")
                : FormattableString.Invariant($"{value / 1e3:0.0} kB")
            : FormattableString.Invariant($"{value:#,0} {unit}");
}
