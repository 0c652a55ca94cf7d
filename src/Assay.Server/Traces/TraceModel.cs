using Assay.Prices;
using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>A trace as its page shows it.</summary>
/// <param name="Rows">Its spans as a tree, parents before children, in order of begin.</param>
/// <param name="Request">The span at which it entered the first service; the first span when the trace came in part.</param>
/// <param name="Chosen">The span that is shown in full.</param>
/// <param name="StartNanos">The begin of its first span.</param>
/// <param name="EndNanos">The end of its last span.</param>
public sealed record TraceModel(IReadOnlyList<TraceRow> Rows, SpanEvent Request, SpanEvent Chosen, long StartNanos, long EndNanos)
{
    /// <summary>A waterfall has so many rows at most; the rest is counted.</summary>
    public const int MostRows = 400;

    /// <summary>What its model calls used and cost.</summary>
    public ModelUseTotals Cost { get; init; }

    /// <summary>Its log records.</summary>
    public IReadOnlyList<LogEvent> Logs { get; init; } = [];

    /// <summary>Its scores.</summary>
    public IReadOnlyList<ScoreEvent> Scores { get; init; } = [];

    /// <summary>Spans, log records and scores that are stored and not shown.</summary>
    public TraceRest Rest { get; init; }

    /// <summary>Spans whose parent is not there: not yet, not sampled, or in a process that sends nothing.</summary>
    public int Orphans => Rows.Count(r => r.IsOrphan);

    /// <summary>Failed spans.</summary>
    public int Failed => Rows.Count(r => r.Span.Failed);

    /// <summary>Spans that began after the request had ended.</summary>
    public int Late => !Request.IsRequest ? 0 : Rows.Count(r => r.Span.StartNanos > TraceTimes.EndOf(Request));

    public double DurationMs => TraceTimes.Ms(EndNanos - StartNanos);

    public DateTimeOffset At => TraceTimes.Of(Request.StartNanos);

    /// <summary>Milliseconds from the begin of the trace.</summary>
    public double OffsetMs(long nanos) => TraceTimes.Ms(nanos - StartNanos);

    internal static TraceModel? Of(StoredTrace trace, SpanId chosen)
    {
        if (trace.Spans.Count == 0)
        {
            return null;
        }

        var rows = TraceTree.Of(trace.Spans);
        var request = rows.FirstOrDefault(r => r.Span.IsRequest)?.Span ?? rows[0].Span;
        return new TraceModel(rows, request, Choose(rows, chosen) ?? request, trace.Spans.Min(s => s.StartNanos), trace.Spans.Max(TraceTimes.EndOf))
        {
            Cost = trace.Spans.Where(s => s.Use is not null).Aggregate(default(ModelUseTotals), (sum, s) => sum + ModelUseTotals.Of(s.Use!)),
            Logs = trace.Logs,
            Scores = trace.Scores,
            Rest = new TraceRest(trace.SpansLeftOut, trace.LogsLeftOut, trace.ScoresLeftOut),
        };
    }

    /// <summary>The span that was asked for, else the deepest failure: it is what one looks for.</summary>
    private static SpanEvent? Choose(IReadOnlyList<TraceRow> rows, SpanId chosen) =>
        rows.FirstOrDefault(r => chosen.IsPresent && r.Span.Span == chosen)?.Span ?? rows.Where(r => r.Span.Failed).MaxBy(r => r.Depth)?.Span;
}

/// <summary>How much of a trace is stored and not shown, as it is too much for a page.</summary>
/// <param name="Spans">Spans.</param>
/// <param name="Logs">Log records.</param>
/// <param name="Scores">Scores.</param>
public readonly record struct TraceRest(long Spans, long Logs, long Scores)
{
    /// <summary>Whether anything is not shown.</summary>
    public bool IsPresent => Spans + Logs + Scores > 0;
}

/// <summary>A span in the tree.</summary>
/// <param name="Span">The span.</param>
/// <param name="Depth">0 for roots.</param>
/// <param name="IsOrphan">Whether it names a parent that is not there.</param>
/// <param name="Cost">What it and the spans under it used and cost.</param>
public sealed record TraceRow(SpanEvent Span, int Depth, bool IsOrphan, ModelUseTotals Cost);
