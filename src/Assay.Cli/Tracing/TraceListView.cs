using System.Globalization;
using Assay.Server.Traces;

namespace Assay.Cli.Tracing;

/// <summary>Requests as lines: time, duration, status, cost, what and where, and the trace id to ask on with.</summary>
internal static class TraceListView
{
    private const int NameWidth = 38;

    public static async Task WriteAsync(CommandSurroundings surroundings, TraceSummaries page)
    {
        if (page.Traces.Count == 0)
        {
            await surroundings.Error.WriteLineAsync("No request matches. Without filters `assay trace list` shows the newest.");
            return;
        }

        foreach (var trace in page.Traces)
        {
            await surroundings.Out.WriteLineAsync(First(trace));
            await surroundings.Out.WriteLineAsync(Second(trace));
        }

        if (page.Next is { } next)
        {
            await surroundings.Error.WriteLineAsync($"More: repeat with --after {next}");
        }
    }

    private static string First(TraceSummary trace) =>
        $"{TraceFigures.Time(trace.At)}  {(trace.Failed ? "FAILED" : "ok    ")} {TraceFigures.Duration(trace.DurationMs), 9}  {TraceFigures.Fit(TraceFigures.Line(trace.Name), NameWidth)}";

    private static string Second(TraceSummary trace)
    {
        var spans =
            trace.FailedSpans > 0 ? string.Create(CultureInfo.InvariantCulture, $"{trace.Spans} spans, {trace.FailedSpans} failed") : $"{trace.Spans} spans";
        return $"  {trace.TraceId}  {TraceFigures.Fit(TraceFigures.Line(trace.Service), 14)}  {spans}  {TraceFigures.Cost(trace.Cost)}";
    }
}
