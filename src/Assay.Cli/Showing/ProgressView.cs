using System.Collections.Concurrent;
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

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(surroundings.Error) });
        var units = new ConcurrentDictionary<int, string>();
        return await console
            .Progress()
            .AutoClear(enabled: false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 24 },
                new PercentageColumn(),
                new RateColumn(units),
                new RemainingTimeColumn()
            )
            .StartAsync(context =>
            {
                var bars = new ProgressBars(context, units);
                // On a thread of its own, so that the bars keep moving while a stage computes.
                return Task.Run(() => work(bars.Report));
            });
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
internal sealed class ProgressBars(ProgressContext context, ConcurrentDictionary<int, string> units)
{
    private readonly Dictionary<RagStage, ProgressTask> bars = [];

    public void Report(StageProgress progress)
    {
        if (!bars.TryGetValue(progress.Stage, out var bar))
        {
            bars[progress.Stage] = bar = context.AddTask(StageLabel.Of(progress.Stage), maxValue: Math.Max(1, progress.Total));
            units[bar.Id] = progress.Unit;
        }

        bar.Value = progress.Total == 0 ? 1 : progress.Done;
    }
}

/// <summary>Units per second of a bar.</summary>
internal sealed class RateColumn(ConcurrentDictionary<int, string> units) : ProgressColumn
{
    public override Spectre.Console.Rendering.IRenderable Render(Spectre.Console.Rendering.RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var rate = task.Speed ?? (task is { IsFinished: true, ElapsedTime.TotalSeconds: > 0 } ? task.MaxValue / task.ElapsedTime.Value.TotalSeconds : null);
        return new Spectre.Console.Text(rate is null ? "" : Amount.Of((long)rate, units.GetValueOrDefault(task.Id, "")) + "/s", new Style(Color.Grey));
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
