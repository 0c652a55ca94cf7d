using Assay.Stores;

namespace Assay.Embedded.Events.Spans;

/// <summary>
/// The spans of several traces in two blobs. The head names traces, their block before and their spans, and is read to see what is there already;
/// the body holds everything else: the tables, then the spans without bodies, then the bodies, compressed together.
/// </summary>
internal static class SpanBlock
{
    private const byte Version = 1;

    /// <summary>The body: made by the sender's thread, since it does not depend on what the store holds.</summary>
    public static byte[] Body(IReadOnlyList<TraceSpans> traces)
    {
        var tables = new SpanTables(traces[0].Spans[0].StartNanos);
        var spans = new ByteWriter(16_384);
        foreach (var span in traces.SelectMany(t => t.Spans))
        {
            SpanCodec.Write(spans, span, tables);
        }

        var all = new ByteWriter(spans.Length + traces.Sum(t => t.BodyBytes) + 4096);
        tables.Write(all);
        all.Raw(spans.Written);
        foreach (var span in traces.SelectMany(t => t.Spans))
        {
            all.Raw(span.Body.Span);
        }

        return Packing.Pack(all.Written);
    }

    /// <summary>The head.</summary>
    /// <param name="bytes">Where it is written.</param>
    /// <param name="traces">The traces, in the order of the body.</param>
    /// <param name="before">For each trace the position of its block before; 0 for none.</param>
    public static ReadOnlySpan<byte> Head(ByteWriter bytes, IReadOnlyList<TraceSpans> traces, ReadOnlySpan<long> before)
    {
        bytes.Clear().Byte(Version);
        bytes.Number(traces.Count);
        for (var i = 0; i < traces.Count; i++)
        {
            bytes.Fixed(traces[i].Trace.Value);
            bytes.Number((ulong)before[i]);
            bytes.Number(traces[i].Spans.Count);
            foreach (var span in traces[i].Spans)
            {
                bytes.Fixed(span.Span.Value);
            }
        }

        return bytes.Written;
    }

    public static IReadOnlyList<BlockEntry> ReadHead(ReadOnlySpan<byte> head)
    {
        var bytes = new ByteReader(head);
        if (bytes.Byte() != Version)
        {
            throw ByteReader.Damaged();
        }

        var entries = new BlockEntry[bytes.Items()];
        for (var i = 0; i < entries.Length; i++)
        {
            var trace = new TraceId(bytes.Fixed128());
            var before = (long)bytes.Number();
            var spans = new ulong[bytes.Items()];
            for (var s = 0; s < spans.Length; s++)
            {
                spans[s] = bytes.Fixed();
            }

            entries[i] = new BlockEntry(trace, before, spans);
        }

        return entries;
    }

    /// <summary>The spans of the wanted traces.</summary>
    /// <param name="head">The head, in full.</param>
    /// <param name="body">The body.</param>
    /// <param name="wanted">Which traces to give out.</param>
    /// <param name="source">Finds a source by its id.</param>
    public static List<SpanEvent> Read(IReadOnlyList<BlockEntry> head, ReadOnlySpan<byte> body, Predicate<TraceId> wanted, Func<long, TelemetrySource> source)
    {
        var all = Packing.Unpack(body);
        var bytes = new ByteReader(all.Span);
        var tables = SpanTables.Read(ref bytes, source);
        var found = new List<(SpanEvent Span, int At, int Length)>();
        var at = 0;
        foreach (var entry in head)
        {
            var isWanted = wanted(entry.Trace);
            foreach (var id in entry.Spans)
            {
                var span = SpanCodec.Read(ref bytes, entry.Trace, new SpanId(id), tables, out var length);
                if (isWanted)
                {
                    found.Add((span, at, length));
                }

                at += length;
            }
        }

        var bodies = all[^at..];
        return found.ConvertAll(f => f.Span with { Body = bodies.Slice(f.At, f.Length) });
    }
}

/// <summary>A trace in a block's head.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Before">The position of its block before this; 0 for none.</param>
/// <param name="Spans">Its spans in this block.</param>
internal sealed record BlockEntry(TraceId Trace, long Before, ulong[] Spans);
