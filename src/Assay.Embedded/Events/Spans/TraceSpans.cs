using Assay.Stores;

namespace Assay.Embedded.Events.Spans;

/// <summary>The spans of one trace in one batch, each key once.</summary>
internal sealed class TraceSpans(TraceId trace)
{
    /// <summary>Up to here looking through a list is quicker than hashing.</summary>
    private const int Few = 32;

    private HashSet<ulong>? many;

    public TraceId Trace => trace;

    public List<SpanEvent> Spans { get; } = [];

    public int BodyBytes { get; private set; }

    /// <summary>Adds a span; false when its key is there already.</summary>
    public bool Add(SpanEvent span)
    {
        if (Has(span.Span.Value))
        {
            return false;
        }

        Spans.Add(span);
        BodyBytes += span.Body.Length;
        many?.Add(span.Span.Value);
        return true;
    }

    /// <summary>Those of them that are wanted.</summary>
    public TraceSpans Where(Predicate<SpanEvent> isWanted)
    {
        var some = new TraceSpans(Trace);
        Spans.FindAll(isWanted).ForEach(span => some.Add(span));
        return some;
    }

    private bool Has(ulong id)
    {
        if (Spans.Count >= Few)
        {
            many ??= [.. Spans.Select(s => s.Span.Value)];
            return many.Contains(id);
        }

        foreach (var span in Spans)
        {
            if (span.Span.Value == id)
            {
                return true;
            }
        }

        return false;
    }
}
