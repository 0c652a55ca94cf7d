using System.Buffers.Text;

namespace Assay.Telemetry;

/// <summary>The value of an attribute as it came over the wire; nothing is copied.</summary>
public readonly ref struct AttributeValue
{
    private readonly double number;
    private readonly Kind kind;

    private AttributeValue(ReadOnlySpan<byte> text, double number, long integer, Kind kind)
    {
        Utf8 = text;
        this.number = number;
        Integer = integer;
        this.kind = kind;
    }

    private enum Kind
    {
        Other,
        Text,
        Integer,
        Number,
        Flag,
    }

    /// <summary>The text in UTF-8; empty for a value that is no text.</summary>
    public ReadOnlySpan<byte> Utf8 { get; }

    private long Integer { get; }

    /// <summary>A text.</summary>
    public static AttributeValue OfText(ReadOnlySpan<byte> utf8) => new(utf8, 0, 0, Kind.Text);

    /// <summary>A whole number.</summary>
    public static AttributeValue OfInteger(long value) => new([], 0, value, Kind.Integer);

    /// <summary>A number.</summary>
    public static AttributeValue OfNumber(double value) => new([], value, 0, Kind.Number);

    /// <summary>True or false.</summary>
    public static AttributeValue OfFlag(bool value) => new([], 0, value ? 1 : 0, Kind.Flag);

    /// <summary>Whether it says true: the flag, or the text <c>true</c>.</summary>
    public bool IsTrue => kind == Kind.Flag ? Integer == 1 : Utf8.SequenceEqual("true"u8) || Utf8.SequenceEqual("True"u8);

    /// <summary>The count: a whole number, also where a sender wrote it as a number or as text; false for anything else.</summary>
    public bool TryCount(out long count)
    {
        count = Integer;
        return kind switch
        {
            Kind.Integer => true,
            Kind.Number => TryWhole(out count),
            Kind.Text => Utf8Parser.TryParse(Utf8, out count, out var used) && used == Utf8.Length,
            _ => false,
        };
    }

    private bool TryWhole(out long count)
    {
        // 2^53: beyond, a double no longer tells whole numbers apart.
        var isWhole = Math.Abs(number) <= 9_007_199_254_740_992 && Math.Truncate(number) == number;
        count = isWhole ? (long)number : 0;
        return isWhole;
    }
}
