using System.Runtime.InteropServices;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Checking;

/// <summary>A sample of a case: its values, or the rule that makes them.</summary>
internal abstract record CaseSample
{
    public abstract ReadOnlySpan<double> Values { get; }

    public virtual Moments ToMoments() => Moments.Of(Values);
}

/// <summary>Values that stand in the file.</summary>
internal sealed record ListedSample(List<double> Listed) : CaseSample
{
    public override ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(Listed);
}

/// <summary>x_i = loc + scale·u_i, u_i = ((i·2654435761 + c) mod 2³²) / 2³², i = 1..n, in unsigned 64-bit integers and doubles.</summary>
internal sealed record GeneratedSample(int Count, ulong C, double Loc, double Scale) : CaseSample
{
    /// <summary>Most values that are made: 1.6 GB where a method needs them all at once.</summary>
    public const int MostValues = 200_000_000;

    private const int BlockLength = 65_536;

    private readonly Lazy<double[]> values = new(() => Make(new double[Count], 0, C, Loc, Scale));

    public override ReadOnlySpan<double> Values => values.Value;

    /// <summary>Block by block: moments need no more memory for a long sample.</summary>
    public override Moments ToMoments()
    {
        var builder = new MomentsBuilder();
        var block = new double[Math.Min(Count, BlockLength)];
        for (var from = 0; from < Count; from += block.Length)
        {
            builder.Add(Make(block, from, C, Loc, Scale).AsSpan(0, Math.Min(block.Length, Count - from)));
        }

        return builder.ToMoments();
    }

    private static double[] Make(double[] block, int from, ulong c, double loc, double scale)
    {
        const ulong multiplier = 2_654_435_761;
        const double two32 = 4_294_967_296;
        for (var i = 0; i < block.Length; i++)
        {
            // The remainder by 2^32 is the lower half.
            var u = (uint)unchecked(((ulong)(from + i + 1L) * multiplier) + c) / two32;
            block[i] = loc + (scale * u);
        }

        return block;
    }
}
