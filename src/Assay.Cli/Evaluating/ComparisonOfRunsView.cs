using System.Globalization;
using Assay.Cli.Showing;
using Assay.Evaluation.Comparing;
using Assay.Statistics;

namespace Assay.Cli.Evaluating;

/// <summary>Two runs for a terminal of 80 columns.</summary>
internal static class ComparisonOfRunsView
{
    private const int ShownCases = 5;

    public static async Task WriteAsync(TextWriter output, RunComparison comparison)
    {
        foreach (var line in Lines(comparison))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(RunComparison comparison)
    {
        var (before, after) = (comparison.Baseline.Plan, comparison.Candidate.Plan);
        yield return $"{before.Run} ({before.Content.Target})";
        yield return $"→ {after.Run} ({after.Content.Target})";
        yield return Line(
            $"{comparison.Common:#,0} cases in both{(comparison.IsOneDataset ? "" : $"; {comparison.OnlyBaseline} only in the first, {comparison.OnlyCandidate} only in the second")}"
        );
        yield return "";
        yield return $"{"metric", -20}{"base", 9}{"now", 9}{"difference", 12}{"95 % interval", 20}{"+/-/=", 10}";
        foreach (var metric in comparison.Metrics)
        {
            yield return Row(metric);
            foreach (var line in Words(metric))
            {
                yield return line;
            }
        }

        foreach (var none in comparison.Uncompared)
        {
            yield return $"{none.Name}: not compared, {none.Reason}";
        }
    }

    private static string Row(MetricComparison metric)
    {
        var found = metric.Difference.AsComputed;
        var interval = found?.Interval is { } i ? $"{Number(i.Low)} to {Number(i.High)}" : "-";
        return $"{Fit(metric.Name), -20}{Number(metric.BaselineMean), 9}{Number(metric.CandidateMean), 9}{Number(found?.Estimate), 12}{interval, 20}{$"{metric.Wins}/{metric.Losses}/{metric.Ties}", 10}";
    }

    private static IEnumerable<string> Words(MetricComparison metric)
    {
        var shown = metric.Change switch
        {
            Change.Better => "better",
            Change.Worse => "WORSE",
            _ when metric is { Wins: 0, Losses: 0, Ties: > 0 } => "the same in every case",
            _ => metric.Difference is NotComputable none ? $"no difference can be told: {none.Reason}" : "no difference shown; that is not proof of equality",
        };
        foreach (var line in WrappedText.Within($"{shown}{(metric.CorrectedP is { } p ? $" ({P(p)}, Holm)" : "")}", 78))
        {
            yield return "  " + line;
        }

        foreach (var changed in metric.Changed.Take(ShownCases))
        {
            yield return $"    {changed.Id}: {Number(changed.Baseline)} → {Number(changed.Candidate)}";
        }
    }

    // Never "p = 0": a test by chance cannot say that.
    private static string P(double p) => p < 0.0001 ? "p < 0.0001" : string.Create(CultureInfo.InvariantCulture, $"p = {p:0.0000}");

    private static string Number(double? value) => value is { } v ? v.ToString(Math.Abs(v) >= 100 ? "#,0" : "0.000", CultureInfo.InvariantCulture) : "-";

    private static string Fit(string name) => name.Length <= 19 ? name : name[..18] + "…";

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Two runs for scripts.</summary>
internal sealed record ComparisonDocument(
    string Baseline,
    string Candidate,
    int Common,
    int OnlyBaseline,
    int OnlyCandidate,
    IReadOnlyList<MetricComparison> Metrics,
    IReadOnlyList<UncomparedMetric> Uncompared
)
{
    public static ComparisonDocument Of(RunComparison comparison) =>
        new(
            comparison.Baseline.Plan.Run,
            comparison.Candidate.Plan.Run,
            comparison.Common,
            comparison.OnlyBaseline,
            comparison.OnlyCandidate,
            comparison.Metrics,
            comparison.Uncompared
        );
}
