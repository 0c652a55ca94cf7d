using System.Globalization;
using Assay.Cli.Showing;
using Assay.Statistics;

namespace Assay.Cli.Comparing;

/// <summary>A comparison for a terminal of 80 columns.</summary>
internal static class ComparisonView
{
    private const string DifferenceOfMeans = "difference of means";

    public static async Task WriteAsync(TextWriter output, ComparisonReport report)
    {
        foreach (var line in Lines(report))
        {
            await output.WriteLineAsync(line);
        }
    }

    private static IEnumerable<string> Lines(ComparisonReport report)
    {
        foreach (var metric in report.Metrics)
        {
            foreach (var line in MetricLines(metric, report))
            {
                yield return line;
            }

            yield return "";
        }

        foreach (var line in Notes(report).SelectMany(WrappedText.Lines))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> MetricLines(MetricComparison metric, ComparisonReport report) =>
        [
            .. WrappedText.Lines(metric.Summary),
            "",
            .. ArmLines(metric),
            "",
            FigureText.Heading,
            .. FigureText.Lines(DifferenceOfMeans, FigureScale.Metric, metric.Means),
            .. metric.Figures.SelectMany(f => FigureText.Lines(FigureLabel.Of(f.Name), f.Scale, f.Result)),
            .. ChartLines(metric),
        ];

    private static IEnumerable<string> ArmLines(MetricComparison metric)
    {
        yield return $"{"", -9}{"n", 12}{"mean", 12}{"sd", 11}{"P50", 12}{"P95", 12}{"P99", 12}";
        yield return ArmLine("control", metric.Control);
        yield return ArmLine("treatment", metric.Treatment);
    }

    private static string ArmLine(string name, ArmSummary arm)
    {
        string Number(double? value) => value is { } v ? NumberText.Fit(v, arm.StandardDeviation ?? 0, 12) : "-";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name, -9}{arm.N, 12:#,0}{Number(arm.Mean), 12}{Number(arm.StandardDeviation), 11}{Number(arm.P50), 12}{Number(arm.P95), 12}{Number(arm.P99), 12}"
        );
    }

    private static IEnumerable<string> ChartLines(MetricComparison metric)
    {
        var figures = metric.Figures.Where(f => f.Scale == FigureScale.Metric).Select(f => (Label: FigureLabel.Of(f.Name).Trim(), f.Result));
        var rows = figures
            .Prepend((Label: DifferenceOfMeans, Result: metric.Means))
            .Where(r => r.Result is Computed)
            .Select(r => (r.Label, (Computed)r.Result));
        var lines = IntervalChart.Lines([.. rows]).ToList();
        return lines.Count == 0 ? [] : lines.Prepend("");
    }

    /// <summary>What a reader must know of the rows behind the figures.</summary>
    private static IEnumerable<string> Notes(ComparisonReport report)
    {
        var methods = report.Metrics.SelectMany(m => m.Figures.Select(f => f.Result).Prepend(m.Means)).Select(r => r.Method).Distinct();
        yield return $"control: {Source(report.Control)}; treatment: {Source(report.Treatment)}. Differences are treatment minus control.";
        foreach (var note in DesignNotes(report).Concat(report.Metrics.SelectMany(EmptyNotes)))
        {
            yield return note;
        }

        yield return $"Methods: {string.Join("; ", methods)}.";
    }

    private static string Source(ArmFile file) => string.Create(CultureInfo.InvariantCulture, $"{file.Source} ({file.Rows:#,0} rows)");

    private static IEnumerable<string> DesignNotes(ComparisonReport report)
    {
        if (report.Pairing is { } pairing)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{pairing.Pairs:#,0} pairs by {report.DesignColumn}{Unmatched(pairing.OnlyControl, "control")}{Unmatched(pairing.OnlyTreatment, "treatment")}."
            );
        }

        if (report.Design == Design.Clustered)
        {
            yield return $"Clusters by {report.DesignColumn}: only means are compared, because ranks, quantiles and effects would take the rows as independent.";
        }

        if (report.ClustersInBoth is > 0 and var both)
        {
            yield return $"{NumberText.Counted(both, "cluster")} in both arms: each counts as two, as if its rows in one arm told nothing about the other. "
                + $"Give every {report.DesignColumn} one row, such as its mean, and compare with --pair {report.DesignColumn}.";
        }
    }

    private static string Unmatched(UnmatchedIds ids, string arm) =>
        ids.Count == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"; {ids.Count:#,0} only in the {arm} ({string.Join(", ", ids.Examples)}{(ids.Count > ids.Examples.Count ? ", …" : "")})"
            );

    private static IEnumerable<string> EmptyNotes(MetricComparison metric)
    {
        if (metric.VarianceReduction is { } reduction)
        {
            yield return $"{metric.Metric}: the covariate explains {NumberText.Percent(reduction)} of the variance.";
        }

        if (metric.Control.Empty + metric.Treatment.Empty > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{metric.Metric}: {metric.Control.Empty:#,0} rows of the control and {metric.Treatment.Empty:#,0} of the treatment had an empty cell and were passed over."
            );
        }
    }
}
