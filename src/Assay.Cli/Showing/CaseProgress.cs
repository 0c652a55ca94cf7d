using Assay.Statistics.Checking;

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

        return await TerminalBars.ShowAsync(
            surroundings,
            clear: false,
            bars =>
            {
                var bar = bars.Add("check", Unit, most: 1);
                return Task.FromResult(
                    work(
                        (done, total) =>
                        {
                            bar.MaxValue = Math.Max(1, total);
                            bar.Value = total == 0 ? 1 : done;
                        }
                    )
                );
            },
            cancellationToken
        );
    }
}
