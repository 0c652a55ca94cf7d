using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Spans;

/// <summary>The traces as the writer sees them: those of late in memory, the others read when something of them comes.</summary>
internal sealed class TraceBook(SqliteConnection connection) : IDisposable
{
    /// <summary>So many traces in each generation: the keys of a trace of eight spans take about 400 bytes.</summary>
    private const int Traces = 16_384;

    /// <summary>And so many keys, for traces of a great many spans.</summary>
    private const int Keys = 262_144;

    /// <summary>A span that is remembered until its request comes takes as much room as so many keys.</summary>
    private const int KeysPerUnnamed = 8;

    private readonly Generations<TraceId, TraceState> recent = new(Traces);
    private int keys;
    private readonly ByteWriter cost = new();
    private readonly ByteWriter owner = new();
    private readonly byte[] key = new byte[16];

    private readonly Statement find = new(
        connection,
        "SELECT first_block, last_block, spans, failed, first_start, last_end, cost, owner FROM trace WHERE id = ?"
    );
    private readonly Statement head = new(connection, "SELECT head FROM span_block WHERE position = ?");
    private readonly Statement block = new(connection, "SELECT head, body FROM span_block WHERE position = ?");
    private readonly Statement insert = new(
        connection,
        "INSERT INTO trace(id, first_block, last_block, spans, failed, first_start, last_end, cost, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    private readonly Statement update = new(
        connection,
        "UPDATE trace SET first_block = ?2, last_block = ?3, spans = ?4, failed = ?5, first_start = ?6, last_end = ?7, cost = ?8, owner = ?9 WHERE id = ?1"
    );

    public TraceState Get(TraceId trace)
    {
        if (!recent.TryGet(trace, out var state))
        {
            state = Load(trace);
            recent.Put(trace, state);
        }

        return state;
    }

    public void Save(TraceId trace, TraceState state, int added)
    {
        CountKeys(state.Owner is null || state.Flags is { Waiting.Count: > 0 } ? added * KeysPerUnnamed : added);
        cost.Clear();
        state.Cost?.Write(cost);
        var statement = state.IsStored ? update : insert;
        statement.Bind(1, Key(trace)).Bind(2, state.FirstBlock).Bind(3, state.LastBlock).Bind(4, state.Spans).Bind(5, state.Failed);
        statement.Bind(6, state.FirstStart).Bind(7, state.LastEnd).Bind(8, cost.Written).Bind(9, state.Owner is { } o ? o.Write(owner) : default).Run();
        state.IsStored = true;
    }

    /// <summary>
    /// The spans of a trace from a block back, without their bodies; at most <see cref="StoredTrace.MostSpans"/>, as it is done while others wait to be written.
    /// </summary>
    public IReadOnlyList<SpanEvent> Read(TraceId trace, long lastBlock)
    {
        var spans = new List<SpanEvent>();
        var source = Sources.Lookup(connection);
        for (var position = lastBlock; position > 0 && spans.Count < StoredTrace.MostSpans; )
        {
            var entries = block.Bind(1, position).Step() ? SpanBlock.ReadHead(block.Bytes(0)) : [];
            if (entries.FirstOrDefault(e => e.Trace == trace) is not { } entry)
            {
                block.Reset();
                break;
            }

            spans.AddRange(SpanBlock.Read(entries, block.Bytes(1), t => t == trace, source).Select(s => s with { Body = default }));
            block.Reset();
            position = entry.Before;
        }

        return spans;
    }

    public void Forget(TraceId trace) => recent.Remove(trace);

    public void ForgetAll() => recent.Clear();

    public void Dispose()
    {
        find.Dispose();
        head.Dispose();
        block.Dispose();
        insert.Dispose();
        update.Dispose();
    }

    private TraceState Load(TraceId trace)
    {
        var state = new TraceState();
        if (!find.Bind(1, Key(trace)).Step())
        {
            return state;
        }

        (state.FirstBlock, state.LastBlock) = (find.Long(0), find.Long(1));
        state.Restore(find.Long(2), find.Long(3), find.Long(4), find.Long(5));
        if (!find.IsNull(6))
        {
            var bytes = new ByteReader(find.Bytes(6));
            state.Cost = UseSum.Read(ref bytes);
        }

        state.Owner = RequestOwner.Read(find.Bytes(7));
        find.Reset();
        LoadKeys(trace, state);
        return state;
    }

    private void LoadKeys(TraceId trace, TraceState state)
    {
        CountKeys((int)Math.Min(state.Spans, Keys));
        for (var position = state.LastBlock; position > 0; )
        {
            var entry = head.Bind(1, position).Step() ? SpanBlock.ReadHead(head.Bytes(0)).FirstOrDefault(e => e.Trace == trace) : null;
            head.Reset();
            foreach (var span in entry?.Spans ?? [])
            {
                state.AddKey(span);
            }

            position = entry?.Before ?? 0;
        }
    }

    private void CountKeys(int more)
    {
        keys += more;
        if (keys >= Keys)
        {
            recent.Turn();
            keys = 0;
        }
    }

    private ReadOnlySpan<byte> Key(TraceId trace)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(key, trace.Value);
        return key;
    }
}
