using Assay.Stores;

namespace Assay.Embedded.Events.Spans;

/// <summary>What the writer knows of a trace: its keys and its totals.</summary>
internal sealed class TraceState
{
    /// <summary>Up to here looking through a list is quicker than hashing.</summary>
    private const int Few = 32;

    /// <summary>Spans that are remembered of a trace, about 300 bytes each; of more of them the store is asked.</summary>
    private const int MostUnnamed = 64;

    private readonly List<ulong> few = [];
    private List<SpanEvent>? unnamed;
    private HashSet<ulong>? many;

    /// <summary>Whether its row is in the table.</summary>
    public bool IsStored { get; set; }

    /// <summary>The block in which it began; older ones are of a trace with the same id that was deleted.</summary>
    public long FirstBlock { get; set; }

    public long LastBlock { get; set; }

    public long Spans { get; private set; }

    public long Failed { get; private set; }

    public long FirstStart { get; private set; } = long.MaxValue;

    public long LastEnd { get; private set; } = long.MinValue;

    /// <summary>What its model calls used and cost; null when there were none.</summary>
    public UseSum? Cost { get; set; }

    public RequestOwner? Owner { get; set; }

    /// <summary>Whether something of it came before it was read from its row: what is only kept in memory is not known then.</summary>
    public bool IsRestored { get; private set; }

    /// <summary>The flags of its requests, and stages that wait for them; null as long as none had any.</summary>
    public TraceFlags? Flags { get; set; }

    /// <summary>
    /// Spans that came before any request, without their bodies; fewer than <see cref="Spans"/> when there were more than
    /// <see cref="MostUnnamed"/> or when the trace was read from its row.
    /// </summary>
    public IReadOnlyList<SpanEvent> Unnamed => unnamed ?? [];

    public bool Has(ulong span) => many?.Contains(span) ?? few.Contains(span);

    public void AddKey(ulong span)
    {
        if (many is null && few.Count < Few)
        {
            few.Add(span);
            return;
        }

        many ??= [.. few];
        many.Add(span);
    }

    /// <summary>Remembers spans that came before any request.</summary>
    public void Remember(List<SpanEvent> spans)
    {
        unnamed ??= [];
        if (unnamed.Count + spans.Count <= MostUnnamed)
        {
            unnamed.AddRange(spans.Select(s => s with { Body = default }));
        }
    }

    public void ForgetUnnamed() => unnamed = null;

    /// <summary>Counts a new span.</summary>
    public void Add(SpanEvent span)
    {
        AddKey(span.Span.Value);
        Spans++;
        Failed += span.Failed ? 1 : 0;
        FirstStart = Math.Min(FirstStart, span.StartNanos);
        LastEnd = Math.Max(LastEnd, EndOf(span));
        if (span.Use is { } use)
        {
            (Cost ??= new UseSum()).Add(use);
        }
    }

    /// <summary>Sets what the row holds.</summary>
    public void Restore(long spans, long failed, long firstStart, long lastEnd)
    {
        IsStored = true;
        IsRestored = true;
        (Spans, Failed, FirstStart, LastEnd) = (spans, failed, firstStart, lastEnd);
    }

    /// <summary>A begin near the end of time must not wrap around to the past.</summary>
    public static long EndOf(SpanEvent span) => span.StartNanos > long.MaxValue - span.DurationNanos ? long.MaxValue : span.StartNanos + span.DurationNanos;
}
