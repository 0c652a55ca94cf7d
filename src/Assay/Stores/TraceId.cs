using System.Globalization;

namespace Assay.Stores;

/// <summary>The 128-bit id of a trace; written as 32 lower-case hex digits. Zero is no id.</summary>
public readonly record struct TraceId(UInt128 Value)
{
    /// <summary>Whether this is an id at all: zero is not.</summary>
    public bool IsPresent => Value != UInt128.Zero;

    /// <summary>Reads 32 hex digits, of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TraceId id)
    {
        var isId = text.Length == 32 & UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        id = isId ? new TraceId(value) : default;
        return isId && id.IsPresent;
    }

    /// <summary>32 lower-case hex digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}

/// <summary>The 64-bit id of a span; written as 16 lower-case hex digits. Zero is no id.</summary>
public readonly record struct SpanId(ulong Value)
{
    /// <summary>Whether this is an id at all: zero is not.</summary>
    public bool IsPresent => Value != 0;

    /// <summary>Reads 16 hex digits, of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SpanId id)
    {
        var isId = text.Length == 16 & ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        id = isId ? new SpanId(value) : default;
        return isId && id.IsPresent;
    }

    /// <summary>16 lower-case hex digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
