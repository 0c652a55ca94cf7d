using Assay.Statistics.Samples;

namespace Assay.Embedded.Events.Sums;

/// <summary>A sketch's state in bytes; runs of empty buckets take two of them.</summary>
internal static class SketchCodec
{
    private static readonly SketchSide Empty = new(0, []);

    public static void Write(ByteWriter bytes, SketchState state)
    {
        bytes.Signed(state.Scale);
        bytes.Number(state.MaxBuckets);
        bytes.Number((ulong)state.ZeroCount);
        bytes.Number((ulong)state.NotFinite);
        bytes.Byte(state.Min is null ? (byte)0 : (byte)1);
        if (state.Min is { } min && state.Max is { } max)
        {
            bytes.Real(min);
            bytes.Real(max);
        }

        Write(bytes, state.Positive);
        Write(bytes, state.Negative);
    }

    public static SketchState Read(ref ByteReader bytes)
    {
        var head = ReadHead(ref bytes);
        return head with { Positive = ReadSide(ref bytes), Negative = ReadSide(ref bytes) };
    }

    /// <summary>All but the buckets, which follow: those above zero and then those below.</summary>
    public static SketchState ReadHead(ref ByteReader bytes)
    {
        var scale = (int)bytes.Signed();
        var buckets = bytes.Count();
        var zeros = (long)bytes.Number();
        var notFinite = (long)bytes.Number();
        var hasEnds = bytes.Byte() == 1;
        double? min = hasEnds ? bytes.Real() : null;
        double? max = hasEnds ? bytes.Real() : null;
        return new SketchState(scale, buckets, zeros, notFinite, min, max, Empty, Empty);
    }

    /// <summary>Adds the buckets that follow to a sum, their indexes halved so many times.</summary>
    public static void AddSide(ref ByteReader bytes, SketchSideSum sum, int halvings)
    {
        var index = (int)bytes.Signed();
        for (var left = bytes.Count(); left > 0; )
        {
            var count = (long)bytes.Number();
            var run = count == 0 ? bytes.Count() : 1;
            if (run < 1 || run > left)
            {
                throw ByteReader.Damaged();
            }

            if (count != 0)
            {
                sum.Add(index >> halvings, count);
            }

            index += run;
            left -= run;
        }
    }

    private static void Write(ByteWriter bytes, SketchSide side)
    {
        var counts = side.Counts;
        bytes.Signed(side.Offset);
        bytes.Number(counts.Count);
        for (var i = 0; i < counts.Count; i++)
        {
            bytes.Number((ulong)counts[i]);
            if (counts[i] != 0)
            {
                continue;
            }

            var run = 1;
            while (i + run < counts.Count && counts[i + run] == 0)
            {
                run++;
            }

            bytes.Number(run);
            i += run - 1;
        }
    }

    private static SketchSide ReadSide(ref ByteReader bytes)
    {
        var sum = new SketchSideSum();
        AddSide(ref bytes, sum, halvings: 0);
        return sum.ToSide();
    }
}
