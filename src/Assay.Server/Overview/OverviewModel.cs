using Assay.Prices;
using Assay.Server.Surface.Reading;
using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Server.Overview;

/// <summary>What the overview shows.</summary>
/// <param name="Window">The window.</param>
/// <param name="Now">Its requests.</param>
/// <param name="Before">Those of the window before; null when there were none to compare with, or the first event came only after it had begun.</param>
internal sealed record OverviewModel(TimeWindow Window, RequestSums Now, RequestSums? Before)
{
    /// <summary>Requests by point; null where there were none.</summary>
    public IReadOnlyList<RequestSums?> Points { get; init; } = [];

    /// <summary>Scores; null when answers are not scored.</summary>
    public ScoreSums? Score { get; init; }

    /// <summary>The score's values by point; null where there were none.</summary>
    public IReadOnlyList<ScoreSums?> ScorePoints { get; init; } = [];

    /// <summary>Services that had requests.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether the store holds any span, of whatever time.</summary>
    public bool HasSpans { get; init; }

    /// <summary>SLOs, in any order.</summary>
    public IReadOnlyList<SloLight> Lights { get; init; } = [];

    /// <summary>What happened, the newest first.</summary>
    public IReadOnlyList<Happening> Happenings { get; init; } = [];

    public static OverviewModel Of(OverviewFacts facts) =>
        new(facts.Window, RequestSums.Of(facts.Now), HasWholeBefore(facts) ? RequestSums.Of(facts.Before) : null)
        {
            Points = ByPoint(facts.Window, facts.Points, RequestSums.Of),
            Score = facts.ScorePoints.Count == 0 ? null : ScoreSums.Of(facts.Score!, facts.ScorePoints),
            ScorePoints = ByPoint(facts.Window, facts.ScorePoints, rows => ScoreSums.Of(facts.Score!, rows)),
            Services = facts.Services,
        };

    // A first day that began in the evening is no day to compare a whole one with.
    private static bool HasWholeBefore(OverviewFacts facts) => facts.Before.Count > 0 && facts.Oldest <= facts.Window.Previous.From;

    /// <summary>One value for each point of a window; null for points without rows.</summary>
    internal static IReadOnlyList<T?> ByPoint<T>(TimeWindow window, IReadOnlyList<AggregateRow> rows, Func<IReadOnlyList<AggregateRow>, T> sum)
        where T : class
    {
        var points = new T?[window.Points];
        foreach (var point in rows.GroupBy(row => window.PointOf(row.At)))
        {
            points[point.Key] = sum([.. point]);
        }

        return points;
    }
}

/// <summary>Requests of a time.</summary>
/// <param name="Count">How many.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="DurationMs">How long they took.</param>
/// <param name="Use">What their model calls used and cost.</param>
internal sealed record RequestSums(long Count, long Failed, QuantileSketch DurationMs, ModelUseTotals Use)
{
    /// <summary>The share that failed; null without requests.</summary>
    public double? FailedShare => Count == 0 ? null : (double)Failed / Count;

    /// <summary>Dollars for 1,000 requests; null when there is nothing to pay, or nothing is known of its price.</summary>
    public double? CostPerThousand => Count == 0 || !HasCost ? null : (double)Use.Cost.Dollars / Count * 1000;

    /// <summary>The share of model calls whose price is unknown; null without model calls.</summary>
    public double? UnpricedShare => Use.Calls == 0 ? null : (double)Use.Unpriced / Use.Calls;

    /// <summary>Whether any call had a price.</summary>
    public bool HasCost => Use.Calls > Use.Unpriced;

    /// <summary>Dollars an hour over a time.</summary>
    public double? CostPerHour(TimeSpan time) => HasCost ? (double)Use.Cost.Dollars / time.TotalHours : null;

    public static RequestSums Of(IReadOnlyList<AggregateRow> rows) =>
        rows.Aggregate(
            new RequestSums(0, 0, new QuantileSketch(), default),
            (sum, row) => new(sum.Count + row.Count, sum.Failed + row.Failed, QuantileSketch.Merge(sum.DurationMs, row.DurationMs), sum.Use + row.Cost)
        );
}
