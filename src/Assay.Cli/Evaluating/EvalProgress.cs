using System.Globalization;
using Assay.Cli.Showing;
using Assay.Evaluation.Running;
using Spectre.Console;

namespace Assay.Cli.Evaluating;

/// <summary>Shows how far a run is: on a terminal a bar with rate, cost, faults and time left; elsewhere a line every ten seconds.</summary>
internal static class EvalProgress
{
    public static Task<T> ShowAsync<T>(CommandSurroundings surroundings, string name, Func<Action<RunProgress>, Task<T>> work)
    {
        if (!surroundings.IsTerminal)
        {
            return work(new EvalLines(surroundings).Report);
        }

        return TerminalBars.ShowAsync(
            surroundings,
            clear: false,
            bars =>
            {
                ProgressTask? bar = null;
                return work(progress =>
                {
                    bar ??= bars.Add(name, "cases", progress.Total);
                    bar.Value = progress.Done;
                    bar.Description = Markup.Escape($"{name}{Aside(progress)}");
                });
            }
        );
    }

    /// <summary>What is worth saying beside the count: money, faults, and that the run slowed down.</summary>
    internal static string Aside(RunProgress progress) =>
        string.Concat(
            progress.Spent.Pico > 0 ? string.Create(CultureInfo.InvariantCulture, $"  ${progress.Spent.Dollars:0.00##}") : "",
            progress.Faults > 0 ? $"  {progress.Faults} failed" : "",
            progress.JudgeErrors > 0 ? $"  {progress.JudgeErrors} judge errors" : "",
            progress.InFlight > 0 && progress.InFlight >= progress.Concurrency && progress.Concurrency < 8 ? $"  {progress.Concurrency} at once" : ""
        );
}

/// <summary>Lines for a log file.</summary>
internal sealed class EvalLines(CommandSurroundings surroundings)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly long started = surroundings.Time.GetTimestamp();
    private TimeSpan next = Between;

    public void Report(RunProgress progress)
    {
        var elapsed = surroundings.Time.GetElapsedTime(started);
        if (elapsed < next)
        {
            return;
        }

        next = elapsed + Between;
        surroundings.Error.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{elapsed.TotalSeconds, 6:0} s  {progress.Done:#,0} of {progress.Total:#,0} cases{EvalProgress.Aside(progress)}"
            )
        );
    }
}
