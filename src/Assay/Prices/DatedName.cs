using System.Globalization;

namespace Assay.Prices;

/// <summary>
/// Snapshots of a model carry their day at the end: <c>gpt-4.1-mini-2025-04-14</c> (OpenAI), <c>claude-sonnet-4-20250514</c> (Anthropic),
/// <c>claude-sonnet-4@20250514</c> (Vertex AI). They cost what the model costs unless a file prices them apart.
/// </summary>
internal static class DatedName
{
    private const int DashedDay = 10;
    private const int PlainDay = 8;

    /// <summary>The name without the day; empty when it ends in no day, or in a number that is none.</summary>
    public static ReadOnlySpan<char> WithoutDay(ReadOnlySpan<char> name)
    {
        var dashed = Before(name, DashedDay, "yyyy-MM-dd");
        return dashed.IsEmpty ? Before(name, PlainDay, "yyyyMMdd") : dashed;
    }

    private static ReadOnlySpan<char> Before(ReadOnlySpan<char> name, int length, string format)
    {
        var end = name.Length - length - 1;
        var isDated =
            end > 0 && name[end] is '-' or '@' && DateOnly.TryParseExact(name[(end + 1)..], format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return isDated ? name[..end] : [];
    }
}
