using Assay.Rag.Storage;

namespace Assay.Rag.Sparse;

/// <summary>
/// The bytes of one posting list: a number (count of postings × 2 + form), then
/// form 0: for each posting the gap to the chunk before as a varint and the impact;
/// form 1: the number of pairs, then pairs (gap, impact) of one byte each, where the pair (255, 0) moves on by 255 without a posting.
/// Form 1 has no branch in its inner loop and is taken when it is not much larger.
/// </summary>
internal static unsafe class PostingCodec
{
    private const int Skip = 255;

    public static void Write(List<byte> into, ReadOnlySpan<int> chunks, ReadOnlySpan<byte> impacts)
    {
        var (varintLength, pairs) = Measure(chunks);
        var paired = pairs * 2 <= varintLength + (varintLength / 8);
        Varint.Write(into, ((uint)chunks.Length << 1) | (paired ? 1u : 0u));
        if (paired)
        {
            Varint.Write(into, (uint)pairs);
        }

        var before = -1;
        for (var i = 0; i < chunks.Length; i++)
        {
            var gap = chunks[i] - before;
            before = chunks[i];
            if (paired)
            {
                for (; gap > Skip; gap -= Skip)
                {
                    into.Add(Skip);
                    into.Add(0);
                }

                into.Add((byte)gap);
            }
            else
            {
                Varint.Write(into, (uint)gap);
            }

            into.Add(impacts[i]);
        }
    }

    /// <summary>How many chunks have the term.</summary>
    public static int Count(byte* list) => (int)(ReadVarint(ref list) >> 1);

    /// <summary>Adds weight × impact to the accumulator of each chunk of the list.</summary>
    public static void Accumulate(byte* list, int weight, int* accumulators)
    {
        var header = ReadVarint(ref list);
        if ((header & 1) == 0)
        {
            AccumulateVarints(list, (int)(header >> 1), weight, accumulators);
            return;
        }

        var pairs = ReadVarint(ref list);
        var at = accumulators - 1;
        for (var end = list + (pairs * 2); list < end; list += 2)
        {
            at += list[0];
            *at += weight * list[1];
        }
    }

    /// <summary>Calls <paramref name="each"/> with every chunk and impact of the list.</summary>
    public static void ForEach(byte* list, Action<int, byte> each)
    {
        var header = ReadVarint(ref list);
        var paired = (header & 1) == 1;
        var steps = paired ? (int)ReadVarint(ref list) : (int)(header >> 1);
        var chunk = -1;
        for (var i = 0; i < steps; i++)
        {
            chunk += paired ? *list++ : (int)ReadVarint(ref list);
            var impact = *list++;
            if (impact > 0)
            {
                each(chunk, impact);
            }
        }
    }

    private static void AccumulateVarints(byte* list, int count, int weight, int* accumulators)
    {
        var at = accumulators - 1;
        for (var i = 0; i < count; i++)
        {
            at += ReadVarint(ref list);
            *at += weight * *list++;
        }
    }

    private static (int VarintLength, int Pairs) Measure(ReadOnlySpan<int> chunks)
    {
        int length = 0,
            pairs = 0,
            before = -1;
        foreach (var chunk in chunks)
        {
            var gap = chunk - before;
            before = chunk;
            length += Varint.Length((uint)gap) + 1;
            pairs += 1 + ((gap - 1) / Skip);
        }

        return (length, pairs);
    }

    private static uint ReadVarint(ref byte* from)
    {
        uint value = *from++;
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7f;
        for (var shift = 7; shift < 35; shift += 7)
        {
            uint next = *from++;
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
            {
                break;
            }
        }

        return value;
    }
}
