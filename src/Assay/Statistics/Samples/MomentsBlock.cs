using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Statistics.Samples;

/// <summary>
/// The moments of one block of values that stays in the first-level cache: a first pass for the mean, a second for the powers
/// of the distances from it, both compensated.
/// </summary>
internal static class MomentsBlock
{
    /// <summary>8 KiB of doubles: both passes read from the first-level cache, and merging costs little beside them.</summary>
    public const int Length = 1024;

    /// <summary>Moments of 1 to <see cref="Length"/> values.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        // A value that is not finite leaves a sum that is not finite. So does an overflow; the slow path tells them apart.
        var sum = Sum(values, out var min, out var max);
        return double.IsFinite(sum.High) ? AroundMean(values, sum / values.Length, min, max) : WithoutNotFinite(values);
    }

    private static DoubleDouble Sum(ReadOnlySpan<double> values, out double min, out double max)
    {
        var sum = default(LaneSum);
        var least = Vector256.Create(double.PositiveInfinity);
        var most = Vector256.Create(double.NegativeInfinity);
        var whole = values.Length - (values.Length % LaneSum.Lanes);
        for (var i = 0; i < whole; i += LaneSum.Lanes)
        {
            var x = Vector256.Create(values[i..]);
            sum.Add(x);
            least = Vector256.Min(least, x);
            most = Vector256.Max(most, x);
        }

        min = Least(least);
        max = -Least(-most);
        if (whole < values.Length)
        {
            sum.Add(LaneSum.Load(values, whole, 0));
            min = Math.Min(min, Least(LaneSum.Load(values, whole, double.PositiveInfinity)));
            max = Math.Max(max, -Least(-LaneSum.Load(values, whole, double.NegativeInfinity)));
        }

        return sum.Total();
    }

    private static double Least(Vector256<double> lanes) =>
        Math.Min(Math.Min(lanes.GetElement(0), lanes.GetElement(1)), Math.Min(lanes.GetElement(2), lanes.GetElement(3)));

    private static Moments AroundMean(ReadOnlySpan<double> values, DoubleDouble mean, double min, double max)
    {
        var (second, third, fourth) = (default(LaneSum), default(LaneSum), default(LaneSum));
        var centre = Vector256.Create(mean.High);
        for (var i = 0; i < values.Length; i += LaneSum.Lanes)
        {
            var d = LaneSum.Load(values, i, mean.High) - centre;
            var d2 = d * d;
            second.Add(d2);
            third.Add(d2 * d);
            fourth.Add(d2 * d2);
        }

        return Centred(values.Length, mean, second.Total(), third.Total(), fourth.Total(), min, max);
    }

    /// <summary>
    /// From power sums around the rounded mean to those around the mean itself. With e = mean − rounded mean, Σd = n·e:
    /// M2 = S2 − n·e², M3 = S3 − 3e·S2 + 2n·e³, M4 = S4 − 4e·S3 + 6e²·S2 − 3n·e⁴.
    /// </summary>
    private static Moments Centred(int n, DoubleDouble mean, DoubleDouble s2, DoubleDouble s3, DoubleDouble s4, double min, double max)
    {
        var e = mean.Low;
        var ne2 = n * e * e;
        return new Moments(
            n,
            notFinite: 0,
            mean,
            s2 - ne2,
            s3 - (s2 * (3 * e)) + (2 * e * ne2),
            s4 - (s3 * (4 * e)) + (s2 * (6 * e * e)) - (3 * e * e * ne2),
            min,
            max
        );
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Moments WithoutNotFinite(ReadOnlySpan<double> values)
    {
        Span<double> finite = stackalloc double[Length];
        var count = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                finite[count++] = value;
            }
        }

        var notFinite = values.Length - count;
        return count == 0 ? Moments.OnlyNotFinite(notFinite)
            : notFinite > 0 ? Of(finite[..count]).WithNotFinite(notFinite)
            : Huge(finite[..count]);
    }

    /// <summary>Values so near the end of double that their sum overflows: computed small, and brought back.</summary>
    private static Moments Huge(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = Math.ScaleB(value, -Moments.HugePower);
        }

        return Of(values).Times2To(Moments.HugePower);
    }
}
