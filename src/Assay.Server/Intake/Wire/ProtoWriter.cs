using System.Buffers.Binary;
using System.Text;

namespace Assay.Server.Intake.Wire;

/// <summary>Writes protobuf messages into one buffer that grows; nested messages get their length when they are closed.</summary>
internal sealed class ProtoWriter
{
    private const int MostVarintBytes = 10;
    private byte[] buffer;
    private int length;

    public ProtoWriter(int capacity = 256) => buffer = new byte[capacity];

    /// <summary>How many bytes were written.</summary>
    public int Length => length;

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    /// <summary>What was written, without a copy; the writer must not be used afterwards.</summary>
    public ReadOnlyMemory<byte> Detach() => buffer.AsMemory(0, length);

    /// <summary>A copy of what was written.</summary>
    public byte[] ToArray() => Written.ToArray();

    public void Clear() => length = 0;

    /// <summary>Takes back what was written after a length.</summary>
    public void Truncate(int to) => length = to;

    /// <summary>A field with a number.</summary>
    public void Varint(uint tag, ulong value)
    {
        Number(tag);
        Number(value);
    }

    public void Fixed32(uint tag, uint value)
    {
        Number(tag);
        BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);
    }

    public void Fixed64(uint tag, ulong value)
    {
        Number(tag);
        BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);
    }

    /// <summary>A field with bytes, a string in UTF-8 or a message that is there already.</summary>
    public void Bytes(uint tag, ReadOnlySpan<byte> value)
    {
        Number(tag);
        Number((ulong)value.Length);
        value.CopyTo(Take(value.Length));
    }

    public void Text(uint tag, ReadOnlySpan<char> value)
    {
        Number(tag);
        Number((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, Take(Encoding.UTF8.GetByteCount(value)));
    }

    /// <summary>Bytes as they are: fields that are there already.</summary>
    public void Raw(ReadOnlySpan<byte> fields) => fields.CopyTo(Take(fields.Length));

    /// <summary>Begins a nested message; give the result to <see cref="Close"/>.</summary>
    public int Open(uint tag)
    {
        Number(tag);
        return length;
    }

    /// <summary>Ends a nested message: its bytes move up to make room for the length before them.</summary>
    public void Close(int begin)
    {
        var size = length - begin;
        var room = SizeOf((ulong)size);
        Take(room);
        buffer.AsSpan(begin, size).CopyTo(buffer.AsSpan(begin + room));
        var end = length;
        length = begin;
        Number((ulong)size);
        length = end;
    }

    private static int SizeOf(ulong value)
    {
        var size = 1;
        while ((value >>= 7) != 0)
        {
            size++;
        }

        return size;
    }

    private void Number(ulong value)
    {
        var room = Take(MostVarintBytes);
        var size = 0;
        while (value >= 0x80)
        {
            room[size++] = (byte)(value | 0x80);
            value >>= 7;
        }

        room[size++] = (byte)value;
        length -= MostVarintBytes - size;
    }

    private Span<byte> Take(int count)
    {
        if (buffer.Length - length < count)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
        }

        length += count;
        return buffer.AsSpan(length - count, count);
    }
}
