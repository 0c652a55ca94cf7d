using System.Collections.Concurrent;
using Assay.Cli.Reading;
using Assay.Cli.Showing;
using Spectre.Console;

namespace Assay.Cli.Comparing;

/// <summary>Reads both files and compares them; on a terminal a bar for each large file shows how far it is.</summary>
internal static class ComparisonProgress
{
    // Below it the work is over before a bar can be read.
    private const long LeastBytes = 8_000_000;

    public static async Task<ComparisonReport> RunAsync(ComparisonRequest request, CommandSurroundings surroundings, CancellationToken cancellationToken)
    {
        using var control = CsvSource.Open(request.Control, surroundings);
        using var treatment = CsvSource.Open(request.Treatment, surroundings);
        return surroundings.IsTerminal && control.Length + treatment.Length >= LeastBytes
            ? await WithBarsAsync(request, control, treatment, surroundings, cancellationToken)
            : Compare(request, control, treatment, (_, _) => { }, cancellationToken);
    }

    private static Task<ComparisonReport> WithBarsAsync(
        ComparisonRequest request,
        CsvSource control,
        CsvSource treatment,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        var units = new ConcurrentDictionary<int, string>();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(surroundings.Error) });
        return console
            .Progress()
            .AutoClear(enabled: true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 24 },
                new PercentageColumn(),
                new RateColumn(units),
                new RemainingTimeColumn()
            )
            .StartAsync(context =>
            {
                var before = context.AddTask("control", maxValue: Math.Max(1, control.Length ?? 1));
                var after = context.AddTask("treatment", maxValue: Math.Max(1, treatment.Length ?? 1));
                (units[before.Id], units[after.Id]) = ("bytes", "bytes");
                var comparing = context.AddTask("comparing").IsIndeterminate();
                units[comparing.Id] = "metrics";
                // On a thread of its own, so that the bars keep moving.
                return Task.Run(
                    () => Compare(request, control, treatment, (source, bytes) => (source == control ? before : after).Value = bytes, cancellationToken),
                    cancellationToken
                );
            });
    }

    private static ComparisonReport Compare(
        ComparisonRequest request,
        CsvSource control,
        CsvSource treatment,
        Action<CsvSource, long> progress,
        CancellationToken cancellationToken
    )
    {
        var columns = request.Columns();
        var before = CsvReading.Read(control, columns, bytes => progress(control, bytes), cancellationToken);
        var after = CsvReading.Read(treatment, columns, bytes => progress(treatment, bytes), cancellationToken);
        return Comparer.Compare(request, before, after);
    }
}
