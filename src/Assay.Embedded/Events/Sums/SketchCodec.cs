using Assay.Statistics.Samples;

namespace Assay.Embedded.Events.Sums;

/// <summary>A sketch's state in bytes; runs of empty buckets take two of them.</summary>
internal static class SketchCodec
{
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
        var scale = (int)bytes.Signed();
        var buckets = bytes.Count();
        var zeros = (long)bytes.Number();
        var notFinite = (long)bytes.Number();
        var hasEnds = bytes.Byte() == 1;
        double? min = hasEnds ? bytes.Real() : null;
        double? max = hasEnds ? bytes.Real() : null;
        return new SketchState(scale, buckets, zeros, notFinite, min, max, ReadSide(ref bytes), ReadSide(ref bytes));
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
        var offset = (int)bytes.Signed();
        var length = bytes.Count();
        // A state has at most 65,536 buckets: more is no state but a damaged record.
        var counts = length <= 65_536 ? new long[length] : throw ByteReader.Damaged();
        for (var i = 0; i < length; i++)
        {
            counts[i] = (long)bytes.Number();
            i += counts[i] == 0 ? bytes.Count() - 1 : 0;
        }

        return new SketchSide(offset, counts);
    }
}
