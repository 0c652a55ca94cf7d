using Assay.Server.Surface.Reading;
using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Server.Quality;

/// <summary>From the store's sums of requests and tool spans to the sections of a dashboard. Pure; rows are split by one dimension.</summary>
internal static class DashboardSums
{
    /// <summary>The category of tool calls in <see cref="Series.Spans"/>.</summary>
    public const string ToolCategory = "tool";

    private const string ToolPrefix = "execute_tool ";

    public static LatencySection Latency(IReadOnlyList<AggregateRow> rows) =>
        new(
            Figures(Merged(rows)),
            [
                .. ByKey(rows)
                    .Select(group => (group.Key, Figures: Figures(Merged(group))))
                    .Where(pair => pair.Figures is not null)
                    .Select(pair => new OperationLatency(pair.Key, pair.Figures!))
                    .OrderByDescending(row => row.Figures.N)
                    .ThenBy(row => row.Operation, StringComparer.Ordinal),
            ]
        );

    public static ErrorSection Errors(IReadOnlyList<AggregateRow> rows) =>
        new(
            Failures(rows),
            [
                .. ByKey(rows)
                    .Select(group => new OperationErrors(group.Key, Failures(group)))
                    .OrderByDescending(row => row.Figures.Failed)
                    .ThenByDescending(row => row.Figures.Count)
                    .ThenBy(row => row.Operation, StringComparer.Ordinal),
            ]
        );

    public static IReadOnlyList<ToolRow> Tools(IReadOnlyList<AggregateRow> rows) =>
        [
            .. ByKey(rows)
                .Select(group => (group.Key, Calls: Failures(group), Latency: Figures(Merged(group))))
                .Where(tool => tool.Latency is not null)
                .Select(tool => new ToolRow(Name(tool.Key), tool.Calls, tool.Latency!))
                .OrderByDescending(row => row.Calls.Count)
                .ThenBy(row => row.Tool, StringComparer.Ordinal),
        ];

    /// <summary>One point for each step of the window; rows without a split.</summary>
    public static IReadOnlyList<RequestPoint> Points(IReadOnlyList<AggregateRow> rows, TimeWindow window)
    {
        var steps = rows.ToLookup(row => window.PointOf(row.At));
        return [.. Enumerable.Range(0, window.Points).Select(i => new RequestPoint(window.At(i), Failures(steps[i]), Figures(Merged(steps[i]))))];
    }

    /// <summary>Percentiles of a sketch; null when it is empty.</summary>
    public static LatencyFigures? Figures(QuantileSketch sketch) =>
        sketch is { Count: > 0 }
            ? new LatencyFigures(
                sketch.Count,
                sketch.Quantile(0.5)!.Value,
                sketch.Quantile(0.95)!.Value,
                sketch.Quantile(0.99)!.Value,
                sketch.Quantile(0)!.Value,
                sketch.Quantile(1)!.Value,
                sketch.RelativeError
            )
            : null;

    private static ErrorFigures Failures(IEnumerable<AggregateRow> rows)
    {
        var (count, failed) = rows.Aggregate((Count: 0L, Failed: 0L), (sum, row) => (sum.Count + row.Count, sum.Failed + row.Failed));
        return new ErrorFigures(count, failed, Estimate.OfRate(failed, count));
    }

    private static QuantileSketch Merged(IEnumerable<AggregateRow> rows) =>
        rows.Aggregate(new QuantileSketch(), (all, row) => row.DurationMs.Count == 0 ? all : QuantileSketch.Merge(all, row.DurationMs));

    private static IEnumerable<IGrouping<string, AggregateRow>> ByKey(IEnumerable<AggregateRow> rows) => rows.GroupBy(row => row.By[0]);

    private static string Name(string span) => span.StartsWith(ToolPrefix, StringComparison.Ordinal) ? span[ToolPrefix.Length..] : span;
}
