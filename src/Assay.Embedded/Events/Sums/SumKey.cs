using Assay.Stores;

namespace Assay.Embedded.Events.Sums;

/// <summary>A row of sums.</summary>
/// <param name="Series">What is summed.</param>
/// <param name="Minutes">The width: one of <see cref="Widths"/>.</param>
/// <param name="At">The begin in minutes since 1970, a multiple of the width.</param>
/// <param name="Labels">The id of its labels.</param>
internal readonly record struct SumKey(Series Series, int Minutes, long At, long Labels)
{
    /// <summary>Each event is in a row of each width: fine ones for short ranges, coarse ones for long.</summary>
    public static readonly int[] Widths = [1, 15, 60];

    public const long NanosPerMinute = 60_000_000_000;

    public static long MinuteOf(long nanos) => Floor(nanos, NanosPerMinute) / NanosPerMinute;

    /// <summary>The minute in which the hour began.</summary>
    public static long HourOf(long nanos) => Floor(MinuteOf(nanos), 60);

    /// <summary>The multiple of a width at or below, also before 1970.</summary>
    public static long Floor(long value, long width)
    {
        var rest = value % width;
        return value - (rest < 0 ? rest + width : rest);
    }

    /// <summary>The multiple of a width at or above.</summary>
    public static long Ceiling(long value, long width) => -Floor(-value, width);
}
