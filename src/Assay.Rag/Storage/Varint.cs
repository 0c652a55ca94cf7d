namespace Assay.Rag.Storage;

/// <summary>Unsigned numbers in 7-bit groups, least significant first; the top bit says that another byte follows (LEB128).</summary>
internal static class Varint
{
    public static void Write(List<byte> into, uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            into.Add((byte)(value | 0x80));
        }

        into.Add((byte)value);
    }

    public static int Length(uint value)
    {
        var length = 1;
        for (; value >= 0x80; value >>= 7)
        {
            length++;
        }

        return length;
    }

    /// <summary>Reads one number and moves <paramref name="position"/> behind it.</summary>
    public static uint Read(ReadOnlySpan<byte> from, ref int position)
    {
        uint value = from[position++];
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7f;
        for (var shift = 7; shift < 35; shift += 7)
        {
            uint next = from[position++];
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
            {
                break;
            }
        }

        return value;
    }
}
