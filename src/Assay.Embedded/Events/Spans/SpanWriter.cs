using System.Buffers.Binary;
using Assay.Embedded.Events.Sums;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Spans;

/// <summary>Writes spans: blocks, rows of traces, rows of requests.</summary>
internal sealed class SpanWriter(SqliteConnection connection, TraceBook traces, LabelBook labels, EventCounts counts) : IDisposable
{
    private readonly ByteWriter head = new(4096);
    private readonly ByteWriter use = new();
    private readonly byte[] key = new byte[16];

    private readonly Statement insertBlock = new(connection, "INSERT INTO span_block(position, spans, head, body) VALUES (?, ?, ?, ?)");
    private readonly Statement insertRequest = new(
        connection,
        """
        INSERT INTO request(start, number, labels, failed, duration, trace, span, parent, category, source, correlation, use)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    );

    /// <summary>Writes the spans that are new, and gives them in the order of the batch.</summary>
    public IReadOnlyList<SpanEvent> Write(PreparedBatch batch, SumParts parts, LateEvents late)
    {
        var written = new List<PreparedBlock>(batch.Blocks.Count);
        foreach (var block in batch.Blocks)
        {
            if (OnlyNew(block, late) is { } fresh)
            {
                Write(fresh, parts);
                written.Add(fresh);
            }
        }

        return written.Sum(b => b.SpanCount) == batch.Events.Spans.Count ? batch.Events.Spans : InOrder(batch.Events.Spans, written);
    }

    public void Dispose()
    {
        insertBlock.Dispose();
        insertRequest.Dispose();
    }

    /// <summary>The block without what is stored already and what is too late; null when that is all of it.</summary>
    private PreparedBlock? OnlyNew(PreparedBlock block, LateEvents late)
    {
        var left = new HashSet<TraceId>();
        var known = 0;
        foreach (var trace in block.Traces)
        {
            var state = traces.Get(trace.Trace);
            known += trace.Spans.Count(s => state.Has(s.Span.Value));
            if (!state.IsStored && late.Refuse(trace))
            {
                left.Add(trace.Trace);
            }
        }

        if (known == 0 && left.Count == 0)
        {
            return block;
        }

        var kept = block.Traces.Where(t => !left.Contains(t.Trace));
        var rest = kept.Select(t => t.Where(s => !traces.Get(t.Trace).Has(s.Span.Value))).Where(t => t.Spans.Count > 0).ToList();
        return rest.Count == 0 ? null : new PreparedBlock(rest, SpanBlock.Body(rest));
    }

    private void Write(PreparedBlock block, SumParts parts)
    {
        var position = counts.Next(EventCounts.Position);
        var before = new long[block.Traces.Count];
        for (var i = 0; i < before.Length; i++)
        {
            var (at, trace) = (i, block.Traces[i]);
            var state = traces.Get(trace.Trace);
            before[i] = state.LastBlock;
            state.FirstBlock = state.IsStored ? state.FirstBlock : position;
            state.LastBlock = position;
            counts[EventCounts.Traces] += state.IsStored ? 0 : 1;
            SpanCounting.Add(trace, state, parts, () => traces.Read(trace.Trace, before[at]));
            WriteRequests(trace);
            traces.Save(trace.Trace, state, trace.Spans.Count);
        }

        insertBlock.Bind(1, position).Bind(2, block.SpanCount).Bind(3, SpanBlock.Head(head, block.Traces, before)).Bind(4, block.Body).Run();
    }

    private void WriteRequests(TraceSpans trace)
    {
        foreach (var span in trace.Spans)
        {
            labels.Keep(span.Source);
            if (span.IsRequest)
            {
                WriteRequest(span);
            }
        }
    }

    private void WriteRequest(SpanEvent span)
    {
        BinaryPrimitives.WriteUInt128BigEndian(key, span.Trace.Value);
        var row = insertRequest
            .Bind(1, span.StartNanos)
            .Bind(2, counts.Next(EventCounts.Requests))
            .Bind(3, labels.Keep(SpanLabels.OfRequest(span), SumKey.HourOf(span.StartNanos)));
        row.Bind(4, span.Failed ? 1 : 0).Bind(5, span.DurationNanos).Bind(6, key).Bind(7, (long)span.Span.Value).Bind(8, (long)span.Parent.Value);
        row.Bind(9, (long)span.Category).Bind(10, labels.Keep(span.Source));
        _ = span.CorrelationId.Length == 0 ? row.BindNull(11) : row.Bind(11, span.CorrelationId);
        row.Bind(12, SpanCodec.WriteUse(use, span.Use)).Run();
    }

    /// <summary>The same instance may be in a batch twice: it is given once.</summary>
    private static List<SpanEvent> InOrder(IReadOnlyList<SpanEvent> all, List<PreparedBlock> written)
    {
        var fresh = new HashSet<SpanEvent>(written.SelectMany(b => b.Traces).SelectMany(t => t.Spans), ReferenceEqualityComparer.Instance);
        return [.. all.Where(fresh.Remove)];
    }
}
