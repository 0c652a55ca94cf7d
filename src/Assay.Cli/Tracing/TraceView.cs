using System.Globalization;
using Assay.Server.Traces;

namespace Assay.Cli.Tracing;

/// <summary>A trace in 80 columns: a bar for each span over the time of the whole, and under it why it failed and what happened in it.</summary>
internal static class TraceView
{
    private const int Width = 80;
    private const int NameWidth = 34;
    private const int BarWidth = 24;

    // A terminal is no place for more; --json has those that the hub tells.
    private const int MostSpans = 400;
    private const int MostLogs = 50;
    private const int MostIndent = 12;

    public static IEnumerable<string> Lines(TraceDocument trace)
    {
        foreach (var line in Head(trace))
        {
            yield return line;
        }

        foreach (var line in trace.Spans.Take(MostSpans).SelectMany(span => Span(span, trace.DurationMs)))
        {
            yield return line;
        }

        if (trace.Spans.Count > MostSpans)
        {
            yield return $"… and {trace.Spans.Count - MostSpans} more spans; --json shows them.";
        }

        if (LeftOut(trace) is { Length: > 0 } left)
        {
            yield return $"… and stored, but too much to be told: {left}. No figure above counts them.";
        }

        foreach (var line in Scores(trace).Concat(Logs(trace)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Head(TraceDocument trace)
    {
        var request = trace.Spans.FirstOrDefault(s => s.IsRequest) ?? (trace.Spans.Count > 0 ? trace.Spans[0] : null);
        if (request is not null)
        {
            yield return TraceFigures.Fit(
                $"{TraceFigures.Line(request.Name)}  {TraceFigures.Line(request.Service)}  {(request.Failed ? "FAILED" : "ok")}",
                Width
            );
            yield return $"{TraceFigures.Time(trace.At!.Value)} UTC  {TraceFigures.Duration(trace.DurationMs)}  cost {TraceFigures.Cost(trace.Cost)}";
        }

        yield return $"trace {trace.TraceId}  {Counted(trace.Spans.Count, "span")}, {trace.FailedSpans} failed, {Counted(trace.Logs.Count, "log record")}";
        yield return "";
    }

    private static IEnumerable<string> Span(TraceSpan span, double total)
    {
        var indent = new string(' ', Math.Min(2 * span.Depth, MostIndent));
        var mark =
            span.Failed ? "! "
            : span.IsOrphan ? "? "
            : "  ";
        var name = TraceFigures.Fit(indent + TraceFigures.Line(span.Name), NameWidth).PadRight(NameWidth);
        yield return $"{mark}{name} {Bar(span, total)} {TraceFigures.Duration(span.DurationMs), 8} {Price(span)}".TrimEnd();
        var under = "    " + indent;
        if (span.Failed && span.StatusMessage.Length > 0)
        {
            yield return TraceFigures.Fit($"{under}failed: {TraceFigures.Line(span.StatusMessage)}", Width);
        }

        foreach (var happened in span.Events)
        {
            var more = string.Join(" ", happened.Attributes.Select(a => $"{a.Key}={a.Value}"));
            yield return TraceFigures
                .Fit($"{under}+{TraceFigures.Duration(Math.Max(0, happened.OffsetMs))} {TraceFigures.Line($"{happened.Name} {more}")}", Width)
                .TrimEnd();
        }
    }

    private static string Bar(TraceSpan span, double total)
    {
        var scale = total > 0 ? BarWidth / total : 0;
        var begin = Math.Clamp((int)(span.OffsetMs * scale), 0, BarWidth - 1);
        var length = Math.Clamp((int)Math.Round(span.DurationMs * scale), 1, BarWidth - begin);
        return new string('·', begin) + new string('█', length) + new string('·', BarWidth - begin - length);
    }

    private static string Price(TraceSpan span) =>
        span.Model switch
        {
            null => "",
            { Usd: { } usd } => TraceFigures.Dollars(usd),
            _ => "unknown",
        };

    private static IEnumerable<string> Scores(TraceDocument trace) =>
        trace
            .Scores.Select(s =>
                TraceFigures.Fit(
                    TraceFigures.Line(string.Create(CultureInfo.InvariantCulture, $"  {s.Name} {s.Value:0.###} {s.Label} {s.Reason}")).TrimEnd(),
                    Width
                )
            )
            .Prepend("scores")
            .Prepend("")
            .Take(trace.Scores.Count == 0 ? 0 : int.MaxValue);

    private static IEnumerable<string> Logs(TraceDocument trace)
    {
        if (trace.Logs.Count == 0)
        {
            yield break;
        }

        yield return "";
        yield return trace.Logs.Count > MostLogs ? $"logs, the first {MostLogs} of {trace.Logs.Count}" : "logs";
        foreach (var log in trace.Logs.Take(MostLogs))
        {
            yield return TraceFigures.Fit(
                $"  +{TraceFigures.Duration(Math.Max(0, log.OffsetMs)), -8} {log.Severity.ToString().ToLowerInvariant(), -11} {TraceFigures.Line(log.Message)}",
                Width
            );
        }
    }

    private static string LeftOut(TraceDocument trace)
    {
        (long? Count, string Noun)[] kinds = [(trace.SpansLeftOut, "span"), (trace.LogsLeftOut, "log record"), (trace.ScoresLeftOut, "score")];
        return string.Join(", ", kinds.Where(k => k.Count > 0).Select(k => Counted(k.Count!.Value, k.Noun)));
    }

    private static string Counted(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
