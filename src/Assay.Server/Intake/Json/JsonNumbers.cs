using System.Buffers.Text;
using System.Text.Json;

namespace Assay.Server.Intake.Json;

/// <summary>Numbers of protobuf's JSON: numbers, or strings of them.</summary>
internal static class JsonNumbers
{
    // The longest double that senders write, and far beyond the longest integer.
    private const int LongestNumber = 64;

    /// <summary>A whole number from -2^63 to 2^64 - 1, as its bits.</summary>
    public static bool TryInteger(ref Utf8JsonReader reader, out ulong bits)
    {
        bits = 0;
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String) || reader.ValueIsEscaped)
        {
            return false;
        }

        var text = reader.ValueSpan;
        if (Utf8Parser.TryParse(text, out long signed, out var used) && used == text.Length)
        {
            bits = (ulong)signed;
            return true;
        }

        if (Utf8Parser.TryParse(text, out bits, out used) && used == text.Length)
        {
            return true;
        }

        // JavaScript writes large numbers as 1e21, and some libraries 5.0.
        var isWhole = TryDouble(ref reader, out var number) && Math.Truncate(number) == number && Math.Abs(number) < 9.2e18;
        bits = isWhole ? (ulong)(long)number : 0;
        return isWhole;
    }

    /// <summary>A number, or one of the strings NaN, Infinity and -Infinity.</summary>
    public static bool TryDouble(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String) || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestNumber)
        {
            return false;
        }

        return Utf8Parser.TryParse(reader.ValueSpan, out value, out var used) && used == reader.ValueSpan.Length;
    }
}
