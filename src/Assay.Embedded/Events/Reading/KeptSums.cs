using Assay.Embedded.Events.Sums;

namespace Assay.Embedded.Events.Reading;

/// <summary>From when on rows of which width are kept: those of minutes and of quarters of an hour are deleted sooner than hours.</summary>
internal sealed class KeptSums
{
    // By width, the finest first. At whole hours, so that no row of one part reaches into the next.
    private readonly long[] from;

    public KeptSums(IReadOnlyDictionary<string, long> counts) =>
        from = [.. SumKey.Widths.Select(width => counts.TryGetValue(CountOf(width), out var mark) ? SumKey.Ceiling(mark, SumKey.Widths[^1]) : long.MinValue)];

    /// <summary>Names of the counts that say from when on rows of a width are kept.</summary>
    public static string CountOf(int minutes) => $"kept_from_{minutes}";

    /// <summary>The width of the finest rows that are kept at a minute; the widest where none are.</summary>
    public int FinestAt(long minute)
    {
        var finest = Array.FindIndex(from, mark => minute >= mark);
        return SumKey.Widths[finest < 0 ? ^1 : finest];
    }

    /// <summary>A range in parts within each of which rows of one width are the finest.</summary>
    public IEnumerable<SumRange> Cut(long begin, long before)
    {
        for (var at = begin; at < before; )
        {
            var end = from.Where(mark => mark > at).Append(before).Min();
            yield return new SumRange(FinestAt(at), at, Math.Min(end, before));
            at = end;
        }
    }
}
