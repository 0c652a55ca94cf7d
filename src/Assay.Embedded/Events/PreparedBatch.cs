using Assay.Embedded.Events.Spans;
using Assay.Embedded.Sqlite;
using Assay.Stores;

namespace Assay.Embedded.Events;

/// <summary>A batch made ready on the sender's thread: checked, each key once, spans by trace in blocks that are already compressed.</summary>
internal sealed class PreparedBatch
{
    /// <summary>A block holds so many bytes of bodies or one trace, and so many traces: a trace is read by unpacking its blocks.</summary>
    private const int MostBlockBytes = 256 << 10;
    private const int MostBlockTraces = 128;

    private PreparedBatch(EventBatch events, IReadOnlyList<PreparedBlock> blocks)
    {
        Events = events;
        Blocks = blocks;
        Size = new JobSize(events.Count, blocks.Sum(b => (long)b.Body.Length) + events.Logs.Sum(l => (long)l.Body.Length + l.Message.Length));
    }

    public EventBatch Events { get; }

    public IReadOnlyList<PreparedBlock> Blocks { get; }

    public JobSize Size { get; }

    public static PreparedBatch Of(EventBatch events)
    {
        EventCheck.Demand(events);
        var traces = new List<TraceSpans>();
        var byId = new Dictionary<TraceId, TraceSpans>();
        foreach (var span in events.Spans)
        {
            if (!byId.TryGetValue(span.Trace, out var trace))
            {
                trace = new TraceSpans(span.Trace);
                byId.Add(span.Trace, trace);
                traces.Add(trace);
            }

            trace.Add(span);
        }

        return new PreparedBatch(events, [.. Split(traces).Select(block => new PreparedBlock(block, SpanBlock.Body(block)))]);
    }

    private static IEnumerable<IReadOnlyList<TraceSpans>> Split(List<TraceSpans> traces)
    {
        var block = new List<TraceSpans>();
        var bytes = 0;
        foreach (var trace in traces)
        {
            if (block.Count > 0 && (block.Count == MostBlockTraces || bytes + trace.BodyBytes > MostBlockBytes))
            {
                yield return block;
                block = [];
                bytes = 0;
            }

            block.Add(trace);
            bytes += trace.BodyBytes;
        }

        if (block.Count > 0)
        {
            yield return block;
        }
    }
}

/// <summary>Traces of a batch and the body of their block.</summary>
internal sealed record PreparedBlock(IReadOnlyList<TraceSpans> Traces, byte[] Body)
{
    public int SpanCount { get; } = Traces.Sum(t => t.Spans.Count);
}
