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
    /// <summary>Most values that are made: 1.6 GB.</summary>
    public const int MostValues = 200_000_000;

    private readonly Lazy<double[]> values = new(() => Make(Count, C, Loc, Scale));

    public override ReadOnlySpan<double> Values => values.Value;

    private static double[] Make(int count, ulong c, double loc, double scale)
    {
        const ulong multiplier = 2_654_435_761;
        const double two32 = 4_294_967_296;
        var made = new double[count];
        for (var i = 0; i < count; i++)
        {
            // The remainder by 2^32 is the lower half.
            var u = (uint)unchecked(((ulong)(i + 1) * multiplier) + c) / two32;
            made[i] = loc + (scale * u);
        }

        return made;
    }
}
