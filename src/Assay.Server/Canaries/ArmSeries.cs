using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Server.Canaries;

/// <summary>Sums of one series over a step, by arm and in points of time.</summary>
/// <param name="Points">In order of time.</param>
internal sealed record ArmSeries(List<ArmPoint> Points)
{
    // A variance of batches needs batches: with 20 its own error is a third.
    private const int LeastBatches = 20;

    // A share of the squared mean, some thousand times what doubles lose in a million additions.
    private const double Rounding = 1e-9;

    public long Count(bool ofCanary) => Points.Sum(p => p.Of(ofCanary).Count);

    public long Failed(bool ofCanary) => Points.Sum(p => p.Of(ofCanary).Failed);

    public QuantileSketch Durations(bool ofCanary) => Points.Aggregate(new QuantileSketch(), (all, p) => QuantileSketch.Merge(all, p.Of(ofCanary).Durations));

    public Moments Values(bool ofCanary) => Points.Aggregate(default(Moments), (all, p) => Moments.Merge(all, p.Of(ofCanary).Values));

    /// <summary>The share of what counts that would be the canary's if both arms were alike, matched by time; null when nothing counts.</summary>
    public double? Matched(Func<ArmSum, long> counts) => MatchedBy(this, counts);

    /// <summary>The same for what is counted elsewhere, by this series' requests.</summary>
    public double? MatchedBy(ArmSeries events, Func<ArmSum, long> counts)
    {
        var requests = Points.ToDictionary(p => p.At);
        var (sum, expected) = (0.0, 0.0);
        foreach (var point in events.Points)
        {
            var counted = counts(point.Control) + counts(point.Canary);
            if (counted > 0 && requests.GetValueOrDefault(point.At) is { } at && at.Control.Count + at.Canary.Count > 0)
            {
                sum += counted;
                expected += counted * ((double)at.Canary.Count / (at.Control.Count + at.Canary.Count));
            }
        }

        return sum > 0 && expected > 0 && expected < sum ? expected / sum : null;
    }

    /// <summary>What a request cost. Null where the store did not keep squares of costs, as of a time before it did; then see <see cref="BatchedCosts"/>.</summary>
    public Moments? Costs(bool ofCanary)
    {
        var arms = Points.ConvertAll(p => p.Of(ofCanary));
        var n = arms.Sum(a => a.Count);
        if (n < 2 || arms.Exists(a => a.CostSquared is null))
        {
            return null;
        }

        var (sum, squares) = (arms.Sum(a => a.CostUsd), arms.Sum(a => a.CostSquared!.Value));
        var mean = sum / n;
        var spread = (squares - (mean * sum)) / (n - 1);
        // Requests of one price differ by nothing; what is left of the subtraction is rounding.
        return Moments.FromSummary(n, mean, spread > Rounding * mean * mean ? Math.Sqrt(spread) : 0);
    }

    /// <summary>
    /// The mean cost of a request with a variance from batches: the means of points of time spread as a request's cost does, divided by their requests. Null
    /// below 20 points.
    /// </summary>
    public Moments? BatchedCosts(bool ofCanary)
    {
        var batches = Points.Select(p => p.Of(ofCanary)).Where(s => s.Count > 0).ToList();
        var n = batches.Sum(b => b.Count);
        if (batches.Count < LeastBatches)
        {
            return null;
        }

        var mean = batches.Sum(b => b.CostUsd) / n;
        var spread = batches.Sum(b => b.Count * Math.Pow((b.CostUsd / b.Count) - mean, 2)) / (batches.Count - 1);
        return Moments.FromSummary(n, mean, Math.Sqrt(spread));
    }

    /// <summary>The label of the canary with the most failures, to find its traces by; null for none.</summary>
    public string? WorstLabel { get; init; }

    /// <summary>Events that are nobody's: of requests that did not ask the flag, or of labels that were folded together.</summary>
    public long Untold { get; init; }

    public static ArmSeries Of(IReadOnlyList<AggregateRow> rows, CanaryArms arms)
    {
        var told = rows.Select(r => (Row: r, IsCanary: arms.IsCanary(r.By[0]))).Where(r => r.IsCanary is not null).ToList();
        var points = told.GroupBy(r => r.Row.At)
            .OrderBy(g => g.Key)
            .Select(g => new ArmPoint(
                g.Key,
                ArmSum.Of(g.Where(r => r.IsCanary == false).Select(r => r.Row)),
                ArmSum.Of(g.Where(r => r.IsCanary == true).Select(r => r.Row))
            ));
        return new ArmSeries([.. points])
        {
            Untold = rows.Where(r => arms.IsCanary(r.By[0]) is null).Sum(r => r.Count),
            WorstLabel = told.Where(r => r.IsCanary == true && r.Row.Failed > 0).GroupBy(r => r.Row.By[0]).MaxBy(g => g.Sum(r => r.Row.Failed))?.Key,
        };
    }
}

/// <summary>Both arms in an interval.</summary>
internal sealed record ArmPoint(DateTimeOffset At, ArmSum Control, ArmSum Canary)
{
    public ArmSum Of(bool canary) => canary ? Canary : Control;
}

/// <summary>One arm in an interval.</summary>
internal sealed record ArmSum(long Count, long Failed, QuantileSketch Durations, Moments Values, double CostUsd, long Unpriced)
{
    /// <summary>Squares of what requests cost; null where they are not known.</summary>
    public double? CostSquared { get; init; } = 0;

    public static ArmSum Of(IEnumerable<AggregateRow> rows) =>
        rows.Aggregate(
            new ArmSum(0, 0, new QuantileSketch(), default, 0, 0),
            (all, r) =>
                new ArmSum(
                    all.Count + r.Count,
                    all.Failed + r.Failed,
                    QuantileSketch.Merge(all.Durations, r.DurationMs),
                    Moments.Merge(all.Values, r.Value),
                    all.CostUsd + (double)r.Cost.Cost.Dollars,
                    all.Unpriced + r.Cost.Unpriced
                )
                {
                    CostSquared = all.CostSquared + r.CostSquared,
                }
        );
}
