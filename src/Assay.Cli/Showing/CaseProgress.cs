using System.Collections.Concurrent;
using Assay.Statistics.Checking;
using Spectre.Console;

namespace Assay.Cli.Showing;

/// <summary>Shows how many cases are checked: a bar with rate and time left on a terminal, one line at the end elsewhere.</summary>
internal static class CaseProgress
{
    private const string Unit = "cases";

    public static async Task<ReferenceReport> ShowAsync(
        CommandSurroundings surroundings,
        Func<Action<int, int>, ReferenceReport> work,
        CancellationToken cancellationToken
    )
    {
        if (!surroundings.IsTerminal)
        {
            var started = surroundings.Time.GetTimestamp();
            var report = work((_, _) => { });
            var seconds = surroundings.Time.GetElapsedTime(started).TotalSeconds;
            await surroundings.Error.WriteLineAsync(FormattableString.Invariant($"{seconds, 7:0.00} s  check   {Amount.Of(report.Cases.Count, Unit)}"));
            return report;
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
                var bar = context.AddTask("check");
                units[bar.Id] = Unit;
                // On a thread of its own, so that the bar keeps moving while a case computes.
                return Task.Run(
                    () =>
                        work(
                            (done, total) =>
                            {
                                bar.MaxValue = Math.Max(1, total);
                                bar.Value = total == 0 ? 1 : done;
                            }
                        ),
                    cancellationToken
                );
            });
    }
}
