using System.Buffers.Text;

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
        Utf8Formatter.TryFormat(value, to, out var written);
        return written;
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

    private static int WritePositive(double value, Span<byte> to)
    {
        if (value < WholeLimit && value == (long)value)
        {
            return Write((long)value, to);
        }

        var shortest = ShortestDecimal.Of(value);
        Utf8Formatter.TryFormat(shortest.Digits, to, out var digits);
        var exponent = digits - 1 + shortest.Exponent;
        return exponent is >= LowestPlainExponent and <= HighestPlainExponent ? MakePlain(to, digits, exponent) : MakeScientific(to, digits, exponent);
    }

    private static int MakePlain(Span<byte> to, int digits, int exponent)
    {
        var whole = exponent + 1;
        if (whole >= digits)
        {
            to[digits..whole].Fill((byte)'0');
            return whole;
        }

        if (whole > 0)
        {
            to[whole..digits].CopyTo(to[(whole + 1)..]);
            to[whole] = (byte)'.';
            return digits + 1;
        }

        var zeros = 2 - whole;
        to[..digits].CopyTo(to[zeros..]);
        to[..zeros].Fill((byte)'0');
        to[1] = (byte)'.';
        return zeros + digits;
    }

    private static int MakeScientific(Span<byte> to, int digits, int exponent)
    {
        var length = digits;
        if (digits > 1)
        {
            to[1..digits].CopyTo(to[2..]);
            to[1] = (byte)'.';
            length++;
        }

        to[length++] = (byte)'e';
        to[length++] = (byte)(exponent < 0 ? '-' : '+');
        Utf8Formatter.TryFormat(Math.Abs(exponent), to[length..], out var written, new System.Buffers.StandardFormat('D', 2));
        return length + written;
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }
}
