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
    ) =>
        TerminalBars.ShowAsync(
            surroundings,
            clear: true,
            bars =>
            {
                var before = bars.Add("control", "bytes", control.Length ?? 1);
                var after = bars.Add("treatment", "bytes", treatment.Length ?? 1);
                bars.Add("comparing", "metrics", most: 1).IsIndeterminate();
                return Task.FromResult(
                    Compare(request, control, treatment, (source, bytes) => (source == control ? before : after).Value = bytes, cancellationToken)
                );
            },
            cancellationToken
        );

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
