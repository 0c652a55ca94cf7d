using System.Buffers;
using Assay.Embedded.Sqlite;

namespace Assay.Embedded.Events.Experiments;

/// <summary>Goes through sorted records, a block at a time. Disposing it lets go of its statement.</summary>
internal sealed class RecordCursor : IDisposable
{
    private readonly Statement? blocks;
    private readonly UnitRecord[] records;
    private int at;
    private int end;

    /// <summary>Over records that are in memory, from the first on.</summary>
    public RecordCursor(UnitRecord[] records, int at, int end) => (this.records, this.at, this.end) = (records, at, end);

    /// <summary>Over the rows of a statement whose first column is a block.</summary>
    public RecordCursor(Statement blocks)
    {
        this.blocks = blocks;
        records = ArrayPool<UnitRecord>.Shared.Rent(UnitRecords.BlockRecords);
        Refill();
    }

    /// <summary>Whether there is no further record.</summary>
    public bool IsAtEnd => at == end;

    public ref readonly UnitRecord Current => ref records[at];

    /// <summary>Goes to the next record; false at the end.</summary>
    public bool Advance() => ++at < end || (blocks is not null && Refill());

    /// <summary>Skips records up to one and that one.</summary>
    public void SkipPast(in UnitRecord record)
    {
        while (!IsAtEnd && UnitRecord.Compare(Current, record) <= 0)
        {
            Advance();
        }
    }

    /// <summary>Skips the records of units before one.</summary>
    public void SkipTo(long unit)
    {
        while (!IsAtEnd && Current.Unit < unit)
        {
            Advance();
        }
    }

    public void Dispose()
    {
        if (blocks is not null)
        {
            blocks.Dispose();
            ArrayPool<UnitRecord>.Shared.Return(records);
        }
    }

    private bool Refill()
    {
        (at, end) = (0, 0);
        while (end == 0 && blocks!.Step())
        {
            end = UnitRecords.Read(blocks.Bytes(0), records);
        }

        return end > 0;
    }
}
