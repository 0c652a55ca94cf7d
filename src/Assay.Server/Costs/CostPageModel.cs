using Assay.Prices;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Costs;

/// <summary>What the page of costs shows.</summary>
/// <param name="Window">When.</param>
/// <param name="Totals">Over all.</param>
/// <param name="Requests">Requests of the window.</param>
/// <param name="Points">Uses by step.</param>
/// <param name="Tables">Uses by each split, the dearest first.</param>
/// <param name="Unknown">Models with calls that could not be priced.</param>
/// <param name="Services">The services to choose from.</param>
/// <param name="Prices">The prices in force.</param>
internal sealed record CostPageModel(
    TimeWindow Window,
    ModelUseTotals Totals,
    long Requests,
    IReadOnlyList<ModelUseTotals> Points,
    IReadOnlyDictionary<CostSplit, IReadOnlyList<KeyedUse>> Tables,
    IReadOnlyList<UnknownModel> Unknown,
    IReadOnlyList<string> Services,
    PricesInForce Prices
)
{
    /// <summary>What was paid; null when unknown.</summary>
    public Money? Cost => CostSums.Known(Totals);

    /// <summary>What was paid in an hour, on average over a time; null when unknown.</summary>
    public decimal? PerHour(TimeSpan time) => CostSums.Per(Cost, time.TotalHours);

    /// <summary>What 1,000 requests cost; null when unknown or without requests.</summary>
    public decimal? PerThousand => CostSums.Per(Cost, Requests / 1000.0);

    /// <summary>The share of calls whose price is unknown; null without calls.</summary>
    public double? UnpricedShare => Totals.Calls == 0 ? null : (double)Totals.Unpriced / Totals.Calls;

    /// <summary>What each step cost in an hour; null where it is unknown, and where too little of a step has passed or lies in the window.</summary>
    public IReadOnlyList<double?> PointsPerHour(DateTimeOffset now) => [.. Points.Select((use, point) => PerHour(use, Window.Elapsed(point, now)))];

    // A minute of a half hour says nothing: without calls it would look like a fall to zero.
    private double? PerHour(ModelUseTotals use, TimeSpan? elapsed) =>
        elapsed is not { } time || (use.Calls == 0 && time < Window.Step / 2) ? null : (double?)CostSums.Per(CostSums.Known(use), time.TotalHours);
}
