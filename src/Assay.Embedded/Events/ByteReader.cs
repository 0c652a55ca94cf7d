using System.Buffers.Binary;
using System.Text;

namespace Assay.Embedded.Events;

/// <summary>Reads what a <see cref="ByteWriter"/> wrote.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => rest;

    public byte Byte() => Take(1)[0];

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    /// <summary>A count or a length; no record of ours has one that an int does not hold.</summary>
    public int Count() => Number() is <= int.MaxValue and var count ? (int)count : throw Damaged();

    /// <summary>A count of items that follow, each of at least a byte: a damaged one must not make room for billions.</summary>
    public int Items() => Count() is var count && count <= rest.Length ? count : throw Damaged();

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong Fixed() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public UInt128 Fixed128() => BinaryPrimitives.ReadUInt128BigEndian(Take(16));

    public double Real() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)rest.Length)
        {
            throw Damaged();
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    public static AssayException Damaged() =>
        AssayException.Infrastructure(
            "A record of the event store cannot be read.",
            "Run `assay data check`, and bring back a backup with `assay data restore`."
        );
}
