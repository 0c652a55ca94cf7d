using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Server.Overview;

/// <summary>Scores of one name in a time.</summary>
/// <param name="Name">The score's name.</param>
/// <param name="Values">Their moments.</param>
internal sealed record ScoreSums(string Name, Moments Values)
{
    public double Mean => Values.Mean;

    public long Count => Values.Count;

    /// <summary>The 95 % interval of the mean (Student's t); null when there are too few scores for one.</summary>
    public Interval? Interval => MeanInterval.Of(Values) is Computed { Interval: { } interval } ? interval : null;

    public static ScoreSums Of(string name, IReadOnlyList<AggregateRow> rows) =>
        new(name, rows.Aggregate(default(Moments), (sum, row) => Moments.Merge(sum, row.Value)));
}
