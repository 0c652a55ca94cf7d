using Assay.Statistics.Samples;

namespace Assay.Embedded.Events.Sums;

/// <summary>The figures of one row of sums.</summary>
internal sealed class Sum
{
    /// <summary>Buckets of the latencies: a relative error of at most 2.2 % where the largest is 2³² times the smallest, less as a rule.</summary>
    public const int Buckets = 512;

    public const byte Version = 1;

    private QuantileSketch? duration;

    // Durations that went to another row. They are kept apart and taken off when the sum is read, so that sums stay what can be added up in any order.
    private QuantileSketch? moved;
    private Moments value;
    private UseSum? cost;
    private CostSquares? squares;

    public long Count { get; private set; }

    public long Failed { get; private set; }

    /// <summary>Adds an event.</summary>
    public void Add(in SumPart part)
    {
        Count += part.Count;
        Failed += part.Failed;
        if (part.DurationMs is { } ms)
        {
            (part.Count < 0 ? moved ??= new QuantileSketch(Buckets) : duration ??= new QuantileSketch(Buckets)).Add(ms);
        }

        if (part.Value is { } v)
        {
            value = Moments.Merge(value, Moments.Of([v]));
        }

        if (part.Cost is { } use)
        {
            // Only what is moved as a whole is the cost of a request; calls and spans have no squares.
            CostSquares? more = part.Count == 0 ? CostSquares.Of(use, part.CostTimes) : null;
            squares = CostSquares.Merge(cost is not null, squares, hasRight: true, more);
            (cost ??= new UseSum()).Add(use, part.CostTimes);
        }
    }

    public void Add(Sum other)
    {
        Count += other.Count;
        Failed += other.Failed;
        duration = Merged(duration, other.duration);
        moved = Merged(moved, other.moved);
        value = Moments.Merge(value, other.value);
        if (other.cost is { } more)
        {
            squares = CostSquares.Merge(cost is not null, squares, hasRight: true, other.squares);
            (cost ??= new UseSum()).Add(more);
        }
    }

    /// <summary>All but the counts, which have columns of their own.</summary>
    public ReadOnlySpan<byte> WriteFigures(ByteWriter bytes)
    {
        bytes.Clear().Byte(Version);
        bytes.Byte(
            (byte)(
                (duration is null ? 0 : 1)
                | (value.Count + value.NotFinite == 0 ? 0 : 2)
                | (cost is null ? 0 : 4)
                | (moved is null ? 0 : 8)
                | (squares is null ? 0 : 16)
            )
        );
        if (duration is not null)
        {
            SketchCodec.Write(bytes, duration.ToState());
        }

        if (value.Count + value.NotFinite > 0)
        {
            MomentsCodec.Write(bytes, value.ToState());
        }

        cost?.Write(bytes);
        if (moved is not null)
        {
            SketchCodec.Write(bytes, moved.ToState());
        }

        squares?.Write(bytes);
        return bytes.Written;
    }

    public static Sum Read(long count, long failed, ReadOnlySpan<byte> figures)
    {
        var stored = new SumFigures();
        stored.Add(count, failed, figures);
        return new Sum
        {
            Count = count,
            Failed = failed,
            duration = stored.Duration?.ToSketch(),
            moved = stored.Moved?.ToSketch(),
            value = stored.Value,
            cost = stored.Cost,
            squares = stored.Squares,
        };
    }

    private static QuantileSketch? Merged(QuantileSketch? a, QuantileSketch? b) =>
        a is null ? b
        : b is null ? a
        : QuantileSketch.Merge(a, b);
}

/// <summary>What one event adds to a row of sums.</summary>
internal readonly record struct SumPart(int Count, int Failed, double? DurationMs, double? Value, UseSum? Cost, int CostTimes)
{
    public static SumPart OfSpan(bool failed, long durationNanos, UseSum? cost) => new(1, failed ? 1 : 0, durationNanos / 1e6, null, cost, 1);

    public static SumPart OfScore(double value) => new(1, 0, null, value, null, 0);

    public static readonly SumPart OfLog = new(1, 0, null, null, null, 0);

    /// <summary>The same event taken off a row, as it goes to another.</summary>
    public SumPart Back() => this with { Count = -Count, Failed = -Failed, CostTimes = -CostTimes };

    /// <summary>Cost that comes to a request later, or goes to another.</summary>
    public static SumPart OfCost(UseSum cost, int times) => new(0, 0, null, null, cost, times);
}
