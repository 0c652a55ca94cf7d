using System.Buffers.Binary;
using System.Text;

namespace Assay.Embedded.Events;

/// <summary>Writes numbers and texts one after the other; small numbers take few bytes.</summary>
internal sealed class ByteWriter(int room = 256)
{
    private byte[] bytes = new byte[room];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public ByteWriter Clear()
    {
        Length = 0;
        return this;
    }

    public void Byte(byte value) => Room(1)[0] = value;

    /// <summary>Seven bits a byte, the lowest first.</summary>
    public void Number(ulong value)
    {
        var room = Room(10);
        var at = 0;
        for (; value >= 0x80; value >>= 7)
        {
            room[at++] = (byte)(value | 0x80);
        }

        room[at++] = (byte)value;
        Length -= 10 - at;
    }

    public void Number(int value) => Number((ulong)value);

    /// <summary>A number that may be negative, near zero as a rule.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Fixed(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);

    public void Fixed(UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(Room(16), value);

    public void Real(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);

    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Room(value.Length));

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Encoding.UTF8.GetBytes(value, Room(length));
    }

    /// <summary>Room that the caller fills; it counts as written.</summary>
    public Span<byte> Room(int count)
    {
        if (bytes.Length - Length < count)
        {
            Array.Resize(ref bytes, Math.Max(2 * bytes.Length, Length + count));
        }

        Length += count;
        return bytes.AsSpan(Length - count, count);
    }

    /// <summary>Gives back room that was not needed.</summary>
    public void Shorten(int count) => Length -= count;
}
