using System.Buffers.Binary;
using Assay.Embedded.Events.Spans;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Reading;

/// <summary>Reads events in the order in which they were stored: blocks of spans, log records and scores share one count of positions.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly Func<long, TelemetrySource> source;
    private readonly Statement blocks;
    private readonly Statement logs;
    private readonly Statement scores;
    private readonly Statement isThere;
    private readonly List<SpanEvent> readSpans = [];
    private readonly List<LogEvent> readLogs = [];
    private readonly List<ScoreEvent> readScores = [];
    private long position;

    private EventReader(SqliteConnection connection, long position)
    {
        this.position = position;
        source = Sources.Lookup(connection);
        isThere = new Statement(connection, "SELECT 1 FROM trace WHERE id = ? AND first_block <= ?");
        blocks = new Statement(connection, "SELECT position, head, body FROM span_block WHERE position > ? ORDER BY position").Bind(1, position);
        logs = new Statement(
            connection,
            "SELECT position, key, source, time, severity, message, trace, span, body FROM log WHERE position > ? ORDER BY position"
        ).Bind(1, position);
        scores = new Statement(
            connection,
            "SELECT position, key, source, time, kind, name, value, label, reason, operation, variant, prompt, trace, span FROM score WHERE position > ? ORDER BY position"
        ).Bind(1, position);
    }

    public static EventPage Read(SqliteConnection connection, long position, int limit)
    {
        using var reader = new EventReader(connection, position);
        reader.ReadUpTo(Math.Max(1, limit));
        return new EventPage(
            new EventBatch
            {
                Spans = reader.readSpans,
                Logs = reader.readLogs,
                Scores = reader.readScores,
            },
            reader.position
        );
    }

    public void Dispose()
    {
        blocks.Dispose();
        logs.Dispose();
        scores.Dispose();
        isThere.Dispose();
    }

    private void ReadUpTo(int limit)
    {
        var (block, log, score) = (Next(blocks), Next(logs), Next(scores));
        while (readSpans.Count + readLogs.Count + readScores.Count < limit && Math.Min(block, Math.Min(log, score)) is not long.MaxValue and var next)
        {
            position = next;
            if (next == block)
            {
                ReadBlock();
                block = Next(blocks);
            }
            else if (next == log)
            {
                readLogs.Add(Records.ReadLog(logs, source));
                log = Next(logs);
            }
            else
            {
                readScores.Add(Records.ReadScore(scores, source));
                score = Next(scores);
            }
        }
    }

    /// <summary>A block lives until its last trace is deleted; those deleted before are not given out.</summary>
    private void ReadBlock()
    {
        var head = SpanBlock.ReadHead(blocks.Bytes(1));
        var live = head.Select(e => e.Trace).Where(t => IsThere(t, blocks.Long(0))).ToHashSet();
        readSpans.AddRange(SpanBlock.Read(head, blocks.Bytes(2), live.Contains, source));
    }

    private bool IsThere(TraceId trace, long block)
    {
        Span<byte> key = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(key, trace.Value);
        var found = isThere.Bind(1, key).Bind(2, block).Step();
        isThere.Reset();
        return found;
    }

    private static long Next(Statement rows) => rows.Step() ? rows.Long(0) : long.MaxValue;
}
