using System.Buffers.Binary;
using Assay.Embedded.Events.Spans;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Reading;

/// <summary>Reads all of a trace.</summary>
internal static class TraceReader
{
    private const int MostLogs = 1_000;

    public static StoredTrace? Read(SqliteConnection connection, TraceId trace)
    {
        var key = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(key, trace.Value);
        var source = Sources.Lookup(connection);
        var found = new StoredTrace(
            ReadSpans(connection, trace, key, source),
            Records.ReadLogs(connection, "WHERE trace = ? ORDER BY time, position LIMIT ?", s => s.Bind(1, key).Bind(2, MostLogs), source),
            Records.ReadScores(connection, "WHERE trace = ? ORDER BY time, position LIMIT ?", s => s.Bind(1, key).Bind(2, MostLogs), source)
        );
        return found.Spans.Count + found.Logs.Count + found.Scores.Count == 0 ? null : found;
    }

    private static IReadOnlyList<SpanEvent> ReadSpans(SqliteConnection connection, TraceId trace, byte[] key, Func<long, TelemetrySource> source)
    {
        using var last = new Statement(connection, "SELECT last_block FROM trace WHERE id = ?");
        using var block = new Statement(connection, "SELECT head, body FROM span_block WHERE position = ?");
        var spans = new List<SpanEvent>();
        for (var position = last.Bind(1, key).Step() ? last.Long(0) : 0; position > 0; )
        {
            var head = block.Bind(1, position).Step() ? SpanBlock.ReadHead(block.Bytes(0)) : throw ByteReader.Damaged();
            spans.AddRange(SpanBlock.Read(head, block.Bytes(1), t => t == trace, source));
            block.Reset();
            position = head.First(e => e.Trace == trace).Before;
        }

        return [.. spans.OrderBy(s => s.StartNanos).ThenBy(s => s.Span.Value)];
    }
}
