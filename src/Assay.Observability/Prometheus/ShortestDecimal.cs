using System.Numerics;
using System.Runtime.InteropServices;

namespace Assay.Observability.Prometheus;

/// <summary>
/// The shortest decimal number that reads back as a given double, and of several shortest ones the closest.
/// </summary>
/// <remarks>
/// The algorithm is Schubfach (R. Giulietti, "The Schubfach way to render doubles", 2020) with a table of powers of ten to 128 bits,
/// which is computed on first use. It matters here because a scrape formats tens of thousands of changed gauges.
/// </remarks>
/// <param name="Digits">The digits, without trailing zeros.</param>
/// <param name="Exponent">The power of ten that the digits are multiplied by.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ShortestDecimal(ulong Digits, int Exponent)
{
    private const int FractionBits = 52;

    // 2^-1074 is the smallest subnormal: the exponent of its one-bit significand.
    private const int SmallestExponent = -1074;

    /// <summary>Converts a positive, finite number.</summary>
    public static ShortestDecimal Of(double value) => TryFewDecimals(value, out var few) ? few : Search(value);

    // A quotient of two exact doubles is correctly rounded, and a decimal number of at most 15 digits is the only one of its length near its double.
    // So where m / 10^n gives the value back, m without its trailing zeros is the answer.
    private static bool TryFewDecimals(double value, out ShortestDecimal few)
    {
        few = default;
        if (value is < 1e-4 or >= 1e9)
        {
            return false;
        }

        var thousandths = Math.Round(value * 1e3);
        if (thousandths / 1e3 == value)
        {
            few = WithoutTrailingZeros((ulong)thousandths, -3);
            return true;
        }

        var millionths = Math.Round(value * 1e6);
        if (millionths / 1e6 == value)
        {
            few = WithoutTrailingZeros((ulong)millionths, -6);
            return true;
        }

        return false;
    }

    private static ShortestDecimal Search(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var fraction = bits & ((1UL << FractionBits) - 1);
        var biased = (int)(bits >> FractionBits);
        var significand = biased == 0 ? fraction : fraction | (1UL << FractionBits);
        var exponent = biased == 0 ? SmallestExponent : biased - 1 + SmallestExponent;

        // Below a power of two the neighbour is only half as far away.
        var isPowerOfTwo = fraction == 0 && biased > 1;
        var odd = significand & 1;

        // floor(log10(2^exponent)), or of three quarters of it: 1262611 / 2^22 is log10(2), 524031 / 2^22 is -log10(3/4).
        var k = ((exponent * 1262611) - (isPowerOfTwo ? 524031 : 0)) >> 22;
        ref readonly var power = ref PowersOfTen.Of(-k);

        // floor(log2(10^-k)): 1741647 / 2^19 is log2(10).
        var shift = exponent + ((-k * 1741647) >> 19) + 1;
        var centre = RoundToOdd(in power, (4 * significand) << shift);
        var lower = RoundToOdd(in power, ((4 * significand) - (isPowerOfTwo ? 1UL : 2UL)) << shift) + odd;
        var upper = RoundToOdd(in power, ((4 * significand) + 2) << shift) - odd;
        return Choose(centre, lower, upper, k);
    }

    private static ShortestDecimal Choose(ulong centre, ulong lower, ulong upper, int k)
    {
        var s = centre / 4;
        var tens = s / 10;
        var tensDown = lower <= 40 * tens;
        var tensUp = (40 * tens) + 40 <= upper;
        if (s >= 10 && tensDown != tensUp)
        {
            return WithoutTrailingZeros(tens + (tensUp ? 1UL : 0), k + 1);
        }

        var down = lower <= 4 * s;
        var up = (4 * s) + 4 <= upper;
        if (down != up)
        {
            return WithoutTrailingZeros(s + (up ? 1UL : 0), k);
        }

        var middle = (4 * s) + 2;
        var roundUp = centre > middle || (centre == middle && (s & 1) == 1);
        return WithoutTrailingZeros(s + (roundUp ? 1UL : 0), k);
    }

    // The upper 64 bits of a 192-bit product, with every bit below them folded into the lowest: enough to compare with the bounds.
    private static ulong RoundToOdd(in Power power, ulong factor)
    {
        var low = Math.BigMul(power.Low, factor, out _);
        var high = Math.BigMul(power.High, factor, out var middle);
        middle += low;
        high += middle < low ? 1UL : 0;
        return high | (middle > 1 ? 1UL : 0);
    }

    private static ShortestDecimal WithoutTrailingZeros(ulong digits, int exponent)
    {
        while (digits % 10 == 0 && digits > 0)
        {
            digits /= 10;
            exponent++;
        }

        return new ShortestDecimal(digits, exponent);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Power(ulong High, ulong Low);

    private static class PowersOfTen
    {
        private const int Lowest = -292;
        private const int Highest = 324;
        private static readonly Power[] Table = [.. Enumerable.Range(Lowest, Highest - Lowest + 1).Select(Compute)];

        public static ref readonly Power Of(int exponent) => ref Table[exponent - Lowest];

        // 10^e scaled by a power of two into [2^127, 2^128) and rounded up.
        private static Power Compute(int exponent)
        {
            var scale = 127 - ((exponent * 1741647) >> 19);
            var numerator = exponent >= 0 ? BigInteger.Pow(10, exponent) : BigInteger.One;
            var denominator = exponent >= 0 ? BigInteger.One : BigInteger.Pow(10, -exponent);
            numerator = scale >= 0 ? numerator << scale : numerator;
            denominator = scale >= 0 ? denominator : denominator << -scale;
            var power = (UInt128)((numerator + denominator - 1) / denominator);
            return new Power((ulong)(power >> 64), (ulong)power);
        }
    }
}
