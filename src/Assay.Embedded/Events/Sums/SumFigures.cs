using Assay.Statistics.Samples;

namespace Assay.Embedded.Events.Sums;

/// <summary>Adds up rows of sums as they are stored.</summary>
internal sealed class SumFigures
{
    public long Count { get; private set; }

    public long Failed { get; private set; }

    /// <summary>Latencies, those that went to other rows included; null when none of the rows has any.</summary>
    public SketchSum? Duration { get; private set; }

    /// <summary>Latencies that went to other rows; null when there are none.</summary>
    public SketchSum? Moved { get; private set; }

    /// <summary>Whether all that was ever counted here went to other rows.</summary>
    public bool IsEmpty => Count == 0 && Failed == 0 && Value.Count + Value.NotFinite == 0 && Cost is null or { IsEmpty: true };

    public Moments Value { get; private set; }

    /// <summary>Model calls; null when none of the rows has any.</summary>
    public UseSum? Cost { get; private set; }

    /// <summary>Squares of the costs of requests; null when a row has costs without them.</summary>
    public CostSquares? Squares { get; private set; }

    public void Add(long count, long failed, ReadOnlySpan<byte> figures)
    {
        var bytes = new ByteReader(figures);
        if (bytes.Byte() != Sum.Version)
        {
            throw ByteReader.Damaged();
        }

        Count += count;
        Failed += failed;
        var parts = bytes.Byte();
        if ((parts & 1) != 0)
        {
            (Duration ??= new SketchSum()).Add(ref bytes);
        }

        if ((parts & 2) != 0)
        {
            Value = Moments.Merge(Value, Moments.FromState(MomentsCodec.Read(ref bytes)));
        }

        var hadCost = Cost is not null;
        if ((parts & 4) != 0)
        {
            (Cost ??= new UseSum()).Add(UseSum.Read(ref bytes));
        }

        if ((parts & 8) != 0)
        {
            (Moved ??= new SketchSum()).Add(ref bytes);
        }

        CostSquares? squares = (parts & 16) != 0 ? CostSquares.Read(ref bytes) : null;
        Squares = CostSquares.Merge(hadCost, Squares, (parts & 4) != 0, squares);
    }
}
