using Assay.Embedded.Events.Sums;
using Assay.Stores;

namespace Assay.Embedded.Events.Reading;

/// <summary>From which rows of sums a question is answered: coarse ones inside, finer ones at the ends.</summary>
/// <param name="Parts">The rows to read; together they cover the range once.</param>
/// <param name="Begin">The begin of the range in minutes.</param>
/// <param name="Step">The width of a point in minutes; null for one point.</param>
internal sealed record SumPlan(IReadOnlyList<SumRange> Parts, long Begin, long? Step)
{
    public static SumPlan Of(AggregateQuery query, IReadOnlyDictionary<string, long> counts)
    {
        var step = StepOf(query);
        var kept = new KeptSums(counts);
        var (first, last) = (SumKey.MinuteOf(Nanos.Of(query.From)), SumKey.MinuteOf(Nanos.Of(query.Before) - 1));
        var (from, before) = (SumKey.Floor(first, kept.FinestAt(first)), SumKey.Ceiling(last + 1, kept.FinestAt(last)));
        if (query.Before <= query.From)
        {
            throw AssayException.Usage("The end of the time range is not after its begin.", "Give a begin that is before the end.");
        }

        if (query.Limit is < 1 or > 100_000)
        {
            throw AssayException.Usage($"{query.Limit} rows were asked for.", "Ask for 1 to 100,000.");
        }

        var parts = kept.Cut(from, before).SelectMany(part => Split(part.From, part.Before, Math.Max(Coarsest(step), part.Minutes)));
        return new SumPlan([.. parts], from, step);
    }

    /// <summary>The begin of the point in which a row begins: where only wider rows are kept, one may reach into the next point.</summary>
    public long PointOf(long minute) => Step is { } step ? SumKey.Floor(minute, step) : Begin;

    private static long? StepOf(AggregateQuery query) =>
        query.Step is not { } step ? null
        : step >= TimeSpan.FromMinutes(1) && step.Ticks % TimeSpan.TicksPerMinute == 0 ? step.Ticks / TimeSpan.TicksPerMinute
        : throw AssayException.Usage($"The step {step} is no whole number of minutes.", "Give one minute or a multiple of it.");

    private static int Coarsest(long? step) => SumKey.Widths.Last(width => (step ?? width) % width == 0);

    /// <summary>The range in rows no wider than the widest: as few rows as possible.</summary>
    private static IEnumerable<SumRange> Split(long from, long before, int widest)
    {
        foreach (var width in SumKey.Widths.Where(w => w <= widest).Reverse())
        {
            var (begin, end) = (SumKey.Ceiling(from, width), SumKey.Floor(before, width));
            if (begin < end)
            {
                return [.. Split(from, begin, width - 1), new SumRange(width, begin, end), .. Split(end, before, width - 1)];
            }
        }

        return [];
    }
}

/// <summary>Rows of one width.</summary>
internal readonly record struct SumRange(int Minutes, long From, long Before);
