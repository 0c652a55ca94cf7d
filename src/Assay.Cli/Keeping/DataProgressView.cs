using Assay.Cli.Showing;
using Assay.Embedded.Safety;
using Spectre.Console;

namespace Assay.Cli.Keeping;

/// <summary>Shows how far work on a data folder is: a bar for each step on a terminal, a line for each finished step elsewhere.</summary>
internal static class DataProgressView
{
    private const string Unit = "bytes";

    public static async Task<T> ShowAsync<T>(CommandSurroundings surroundings, Func<Action<DataProgress>, T> work, CancellationToken cancellationToken)
    {
        if (!surroundings.IsTerminal)
        {
            var started = surroundings.Time.GetTimestamp();
            return work(progress => WriteLine(surroundings, started, progress));
        }

        return await TerminalBars.ShowAsync(surroundings, clear: true, bars => Task.FromResult(work(new StepBars(bars).Report)), cancellationToken);
    }

    private static void WriteLine(CommandSurroundings surroundings, long started, DataProgress progress)
    {
        if (progress.Done >= progress.Total)
        {
            var seconds = surroundings.Time.GetElapsedTime(started).TotalSeconds;
            surroundings.Error.WriteLine(FormattableString.Invariant($"{seconds, 7:0.00} s  {progress.Step, -10} {Amount.Of(progress.Total, Unit)}"));
        }
    }

    /// <summary>A bar for each step. A step that does not know how far it is says so by moving.</summary>
    private sealed class StepBars(TerminalBars bars)
    {
        private readonly Dictionary<string, ProgressTask> steps = [];

        public void Report(DataProgress progress)
        {
            if (!steps.TryGetValue(progress.Step, out var bar))
            {
                steps[progress.Step] = bar = bars.Add(progress.Step, Unit, progress.Total);
            }

            bar.IsIndeterminate = progress.Done == 0;
            bar.MaxValue = Math.Max(1, progress.Total);
            bar.Value = progress.Total == 0 ? 1 : progress.Done;
        }
    }
}
