namespace Assay.Statistics.Samples;

/// <summary>
/// A number as the unevaluated sum of two doubles, about 32 decimal digits, so that sums over any partition agree.
/// Error-free sum: Knuth (1969), TwoSum. Error-free product by a fused multiply-add: Ogita, Rump and Oishi (2005).
/// A fused multiply-add rounds once by definition, in hardware or not: the bits are the same on every machine.
/// </summary>
/// <param name="High">The number, rounded to double.</param>
/// <param name="Low">What <paramref name="High"/> lacks.</param>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var high = Sum(a.High, b.High);
        var low = Sum(a.Low, b.Low);
        var middle = Ordered(high.High, high.Low + low.High);
        return Ordered(middle.High, middle.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var product = a.High * b.High;
        var rest = Math.FusedMultiplyAdd(a.High, b.High, -product);
        return Ordered(product, rest + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, double b)
    {
        var quotient = a.High / b;
        var remainder = Math.FusedMultiplyAdd(-quotient, b, a.High);
        return Ordered(quotient, (remainder + a.Low) / b);
    }

    /// <summary>The same number times 2^power; exact within the range of double.</summary>
    public DoubleDouble Times2To(int power) => new(Math.ScaleB(High, power), Math.ScaleB(Low, power));

    /// <summary>a + b without error.</summary>
    public static DoubleDouble Sum(double a, double b)
    {
        var sum = a + b;
        var back = sum - a;
        return new(sum, a - (sum - back) + (b - back));
    }

    /// <summary>a + b without error, for |a| ≥ |b|.</summary>
    private static DoubleDouble Ordered(double a, double b)
    {
        var sum = a + b;
        return new(sum, b - (sum - a));
    }
}
