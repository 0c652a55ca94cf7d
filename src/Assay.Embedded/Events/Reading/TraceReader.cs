using System.Buffers.Binary;
using Assay.Embedded.Events.Spans;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Reading;

/// <summary>Reads a trace: its spans from the newest block back, its log records and its scores.</summary>
internal static class TraceReader
{
    /// <summary>Blocks that are unpacked for one trace: a sender may put each of its spans in a request of its own.</summary>
    private const int MostBlocks = 1_000;

    public static StoredTrace? Read(SqliteConnection connection, TraceId trace)
    {
        var key = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(key, trace.Value);
        var source = Sources.Lookup(connection);
        var (total, spans) = ReadSpans(connection, trace, key, source);
        var logs = Records.ReadLogs(
            connection,
            "WHERE trace = ? ORDER BY time, position LIMIT ?",
            s => s.Bind(1, key).Bind(2, StoredTrace.MostRecords),
            source
        );
        var scores = Records.ReadScores(
            connection,
            "WHERE trace = ? ORDER BY time, position LIMIT ?",
            s => s.Bind(1, key).Bind(2, StoredTrace.MostRecords),
            source
        );
        return total + logs.Count + scores.Count == 0
            ? null
            : new StoredTrace(spans, logs, scores)
            {
                SpansLeftOut = total - spans.Count,
                LogsLeftOut = LeftOut(connection, "log", key, logs.Count),
                ScoresLeftOut = LeftOut(connection, "score", key, scores.Count),
            };
    }

    private static TraceRows ReadSpans(SqliteConnection connection, TraceId trace, byte[] key, Func<long, TelemetrySource> source)
    {
        using var row = new Statement(connection, "SELECT last_block, spans FROM trace WHERE id = ?");
        if (!row.Bind(1, key).Step())
        {
            return new TraceRows(0, []);
        }

        var (position, total) = (row.Long(0), row.Long(1));
        using var block = new Statement(connection, "SELECT head, body FROM span_block WHERE position = ?");
        var spans = new List<SpanEvent>();
        var bytes = 0L;
        for (var blocks = 0; position > 0 && blocks < MostBlocks; blocks++)
        {
            var head = block.Bind(1, position).Step() ? SpanBlock.ReadHead(block.Bytes(0)) : throw ByteReader.Damaged();
            foreach (var span in SpanBlock.Read(head, block.Bytes(1), t => t == trace, source))
            {
                bytes += span.Body.Length;
                if (spans.Count == StoredTrace.MostSpans || bytes > StoredTrace.MostBodyBytes)
                {
                    return new TraceRows(total, InOrder(spans));
                }

                // A copy: the block holds other traces too, and would stay in memory with them.
                spans.Add(span with { Body = span.Body.ToArray() });
            }

            block.Reset();
            position = head.First(e => e.Trace == trace).Before;
        }

        return new TraceRows(total, InOrder(spans));
    }

    private static List<SpanEvent> InOrder(List<SpanEvent> spans) => [.. spans.OrderBy(s => s.StartNanos).ThenBy(s => s.Span.Value)];

    private static long LeftOut(SqliteConnection connection, string table, byte[] key, int read)
    {
        if (read < StoredTrace.MostRecords)
        {
            return 0;
        }

        using var count = new Statement(connection, $"SELECT count(*) FROM {table} WHERE trace = ?");
        return count.Bind(1, key).Step() ? count.Long(0) - read : 0;
    }

    /// <param name="Total">How many are stored.</param>
    /// <param name="Spans">Those that were read, in order of begin.</param>
    private readonly record struct TraceRows(long Total, IReadOnlyList<SpanEvent> Spans);
}
