namespace Assay.Observability.Prometheus;

/// <summary>Writes sample values: whole numbers without a point, others as the shortest text that reads back as the same double.</summary>
internal static class NumberText
{
    /// <summary>No number is longer.</summary>
    public const int MaxLength = 32;

    // Every whole number below 10^15 is exact in a double and is written without an exponent.
    private const double WholeLimit = 1e15;
    private const int LowestPlainExponent = -5;
    private const int HighestPlainExponent = 16;

    public static int Write(long value, Span<byte> to)
    {
        var isNegative = value < 0;
        to[0] = (byte)'-';
        return isNegative ? 1 + Write((ulong)-value, to[1..]) : Write((ulong)value, to);
    }

    public static int Write(double value, Span<byte> to)
    {
        if (!double.IsFinite(value))
        {
            return Copy(
                double.IsNaN(value) ? "NaN"u8
                    : value > 0 ? "+Inf"u8
                    : "-Inf"u8,
                to
            );
        }

        if (!double.IsNegative(value))
        {
            return WritePositive(value, to);
        }

        to[0] = (byte)'-';
        return 1 + WritePositive(-value, to[1..]);
    }

    /// <summary>Writes a bucket's bound: as <see cref="Write(double, Span{byte})"/>, and always with a point or an exponent.</summary>
    /// <remarks>OpenMetrics asks for <c>1.0</c>; text gets the same, so that a series keeps its identity whatever was negotiated.</remarks>
    public static int WriteBound(double value, Span<byte> to)
    {
        var length = Write(value, to);
        return double.IsFinite(value) && to[..length].IndexOfAny((byte)'.', (byte)'e') < 0 ? length + Copy(".0"u8, to[length..]) : length;
    }

    private static int Write(ulong value, Span<byte> to)
    {
        var count = DigitText.CountOf(value);
        DigitText.Write(value, count, to);
        return count;
    }

    private static int WritePositive(double value, Span<byte> to)
    {
        if (value < WholeLimit && value == (long)value)
        {
            return Write((long)value, to);
        }

        var shortest = ShortestDecimal.Of(value);
        var count = DigitText.CountOf(shortest.Digits);
        var exponent = count - 1 + shortest.Exponent;
        return exponent is >= LowestPlainExponent and <= HighestPlainExponent
            ? WritePlain(shortest.Digits, count, exponent + 1, to)
            : WriteScientific(shortest.Digits, count, exponent, to);
    }

    // The point stands after the given number of digits; where that is not positive, zeros fill the places before them.
    private static int WritePlain(ulong digits, int count, int whole, Span<byte> to)
    {
        if (whole <= 0)
        {
            var zeros = 2 - whole;
            to[..zeros].Fill((byte)'0');
            to[1] = (byte)'.';
            DigitText.Write(digits, count, to[zeros..]);
            return zeros + count;
        }

        if (whole >= count)
        {
            DigitText.Write(digits, count, to);
            to[count..whole].Fill((byte)'0');
            return whole;
        }

        // Digits go one place to the right, and those before the point come back.
        DigitText.Write(digits, count, to[1..]);
        for (var i = 0; i < whole; i++)
        {
            to[i] = to[i + 1];
        }

        to[whole] = (byte)'.';
        return count + 1;
    }

    private static int WriteScientific(ulong digits, int count, int exponent, Span<byte> to)
    {
        var length = count == 1 ? Write(digits, to) : WritePlain(digits, count, 1, to);
        to[length++] = (byte)'e';
        to[length++] = (byte)(exponent < 0 ? '-' : '+');
        var size = (ulong)Math.Abs(exponent);
        var places = Math.Max(2, DigitText.CountOf(size));
        to[length] = (byte)'0';
        DigitText.Write(size, DigitText.CountOf(size), to[(length + places - DigitText.CountOf(size))..]);
        return length + places;
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }
}
