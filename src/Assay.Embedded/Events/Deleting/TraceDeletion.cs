using System.Buffers.Binary;
using Assay.Embedded.Events.Spans;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Deleting;

/// <summary>Deletes the traces that ended first, and the blocks of which no trace is left.</summary>
internal sealed class TraceDeletion : IDisposable
{
    private readonly Statement oldest;
    private readonly Statement delete;
    private readonly Statement head;
    private readonly Statement isThere;
    private readonly Statement deleteBlock;
    private readonly Dictionary<long, IReadOnlyList<BlockEntry>> touched = [];

    private TraceDeletion(SqliteConnection connection)
    {
        oldest = new Statement(connection, "SELECT id, last_block, spans FROM trace WHERE last_end < ? ORDER BY last_end LIMIT ?");
        delete = new Statement(connection, "DELETE FROM trace WHERE id = ?");
        head = new Statement(connection, "SELECT head FROM span_block WHERE position = ?");
        isThere = new Statement(connection, "SELECT 1 FROM trace WHERE id = ? AND first_block <= ?");
        deleteBlock = new Statement(connection, "DELETE FROM span_block WHERE position = ?");
    }

    /// <summary>Deletes some, and gives the number of their spans.</summary>
    public static long Step(SqliteConnection connection, EventWriter writer, long before)
    {
        using var step = new TraceDeletion(connection);
        var old = step.Oldest(before);
        foreach (var trace in old)
        {
            step.Touch(trace);
            step.delete.Bind(1, Key(trace.Id)).Run();
            writer.Traces.Forget(trace.Id);
        }

        step.DeleteEmptyBlocks();
        var spans = old.Sum(t => t.Spans);
        writer.Counts[EventCounts.Traces] -= old.Count;
        writer.Counts[EventCounts.Spans] -= spans;
        return spans;
    }

    public void Dispose()
    {
        oldest.Dispose();
        delete.Dispose();
        head.Dispose();
        isThere.Dispose();
        deleteBlock.Dispose();
    }

    private List<OldTrace> Oldest(long before)
    {
        var found = new List<OldTrace>();
        oldest.Bind(1, before).Bind(2, EventDeletion.StepRows);
        while (oldest.Step())
        {
            found.Add(new OldTrace(new TraceId(BinaryPrimitives.ReadUInt128BigEndian(oldest.Bytes(0))), oldest.Long(1), oldest.Long(2)));
        }

        return found;
    }

    private void Touch(OldTrace trace)
    {
        for (var position = trace.LastBlock; position > 0; )
        {
            if (!touched.TryGetValue(position, out var entries))
            {
                entries = head.Bind(1, position).Step() ? SpanBlock.ReadHead(head.Bytes(0)) : [];
                head.Reset();
                touched.Add(position, entries);
            }

            position = entries.FirstOrDefault(e => e.Trace == trace.Id)?.Before ?? 0;
        }
    }

    private void DeleteEmptyBlocks()
    {
        foreach (var (position, entries) in touched)
        {
            if (!entries.Any(e => IsThere(e.Trace, position)))
            {
                deleteBlock.Bind(1, position).Run();
            }
        }
    }

    private bool IsThere(TraceId trace, long block)
    {
        var found = isThere.Bind(1, Key(trace)).Bind(2, block).Step();
        isThere.Reset();
        return found;
    }

    private static byte[] Key(TraceId trace)
    {
        var key = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(key, trace.Value);
        return key;
    }

    private sealed record OldTrace(TraceId Id, long LastBlock, long Spans);
}
