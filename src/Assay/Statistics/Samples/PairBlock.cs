using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Statistics.Samples;

/// <summary>The moments of one block of pairs.</summary>
internal static class PairBlock
{
    /// <summary>Moments of 1 to <see cref="MomentsBlock.Length"/> pairs.</summary>
    public static PairMoments Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var momentsX = MomentsBlock.Of(x);
        var momentsY = MomentsBlock.Of(y);
        return momentsX.NotFinite + momentsY.NotFinite > 0
            ? WithoutNotFinite(x, y)
            : new PairMoments(momentsX, momentsY, CoMoment(x, y, momentsX.FullMean, momentsY.FullMean));
    }

    private static DoubleDouble CoMoment(ReadOnlySpan<double> x, ReadOnlySpan<double> y, DoubleDouble meanX, DoubleDouble meanY)
    {
        var products = default(LaneSum);
        var (centreX, centreY) = (Vector256.Create(meanX.High), Vector256.Create(meanY.High));
        for (var i = 0; i < x.Length; i += LaneSum.Lanes)
        {
            products.Add((LaneSum.Load(x, i, meanX.High) - centreX) * (LaneSum.Load(y, i, meanY.High) - centreY));
        }

        // As M2 = S2 − n·e² in MomentsBlock.
        return products.Total() - (x.Length * meanX.Low * meanY.Low);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PairMoments WithoutNotFinite(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Span<double> finiteX = stackalloc double[MomentsBlock.Length];
        Span<double> finiteY = stackalloc double[MomentsBlock.Length];
        var count = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(x[i]) && double.IsFinite(y[i]))
            {
                (finiteX[count], finiteY[count]) = (x[i], y[i]);
                count++;
            }
        }

        var leftOut = x.Length - count;
        if (count == 0)
        {
            return new PairMoments(Moments.OnlyNotFinite(leftOut), Moments.OnlyNotFinite(leftOut), 0);
        }

        var finite = Of(finiteX[..count], finiteY[..count]);
        return new PairMoments(finite.X.WithNotFinite(leftOut), finite.Y.WithNotFinite(leftOut), finite.FullCoMoment);
    }
}
