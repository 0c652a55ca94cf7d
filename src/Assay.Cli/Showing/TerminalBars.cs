using System.Collections.Concurrent;
using Spectre.Console;

namespace Assay.Cli.Showing;

/// <summary>Progress bars on standard error, with rate and time left.</summary>
internal sealed class TerminalBars
{
    private readonly ProgressContext context;
    private readonly ConcurrentDictionary<int, string> units;

    private TerminalBars(ProgressContext context, ConcurrentDictionary<int, string> units) => (this.context, this.units) = (context, units);

    /// <summary>Does the work while the bars are shown.</summary>
    /// <param name="surroundings">Where standard error is; a terminal.</param>
    /// <param name="clear">Whether the bars go away at the end.</param>
    /// <param name="work">It runs on a thread of its own, so that the bars keep moving while it computes.</param>
    /// <param name="cancellationToken">Keeps work that has not begun from beginning.</param>
    public static Task<T> ShowAsync<T>(
        CommandSurroundings surroundings,
        bool clear,
        Func<TerminalBars, Task<T>> work,
        CancellationToken cancellationToken = default
    )
    {
        var units = new ConcurrentDictionary<int, string>();
        return AnsiConsole
            .Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(surroundings.Error) })
            .Progress()
            .AutoClear(clear)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 24 },
                new PercentageColumn(),
                new RateColumn(units),
                new RemainingTimeColumn()
            )
            .StartAsync(context => Task.Run(() => work(new TerminalBars(context, units)), cancellationToken));
    }

    /// <summary>A bar from 0 to <paramref name="most"/> units.</summary>
    public ProgressTask Add(string name, string unit, double most)
    {
        var bar = context.AddTask(name, maxValue: Math.Max(1, most));
        units[bar.Id] = unit;
        return bar;
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
