using Assay.Prices;
using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Costs;

/// <summary>From the store's sums to a report. Pure.</summary>
internal static class CostSums
{
    private const int MostUnknownModels = 100;

    /// <summary>Use and cost of totals.</summary>
    public static CostFigures Figures(ModelUseTotals totals)
    {
        var tokens = totals.Tokens;
        return new CostFigures(
            totals.Calls,
            Known(totals)?.Dollars,
            totals.Avoided.Dollars,
            totals.CacheHits,
            totals.RetryCost.Dollars,
            totals.Retries,
            totals.Unpriced,
            new TokenFigures(tokens.Input, tokens.CachedInput, tokens.CacheWrite, tokens.Output, tokens.Reasoning)
        );
    }

    /// <summary>What was paid; null when there are calls and none of them has a price. Where some have none, what is known is a lower bound.</summary>
    public static Money? Known(ModelUseTotals totals) => totals.Calls > 0 && totals.Unpriced == totals.Calls ? null : totals.Cost;

    /// <summary>The sum over rows.</summary>
    public static ModelUseTotals Total(IEnumerable<AggregateRow> rows) => rows.Aggregate(default(ModelUseTotals), (sum, row) => sum + row.Cost);

    /// <summary>One row for each first value of the split, the dearest first.</summary>
    public static IReadOnlyList<KeyedUse> ByKey(IEnumerable<AggregateRow> rows) =>
        [
            .. rows.GroupBy(row => row.By[0])
                .Select(group => new KeyedUse(group.Key, Total(group)))
                .OrderByDescending(use => use.Use.Cost.Pico)
                .ThenByDescending(use => use.Use.Calls)
                .ThenBy(use => use.Key, StringComparer.Ordinal),
        ];

    /// <summary>The sum of each step of a window that begins on a whole step; a step without calls cost nothing, and says so.</summary>
    public static IReadOnlyList<ModelUseTotals> Steps(IEnumerable<AggregateRow> rows, TimeWindow window)
    {
        var steps = new ModelUseTotals[window.Points];
        foreach (var row in rows)
        {
            steps[window.PointOf(row.At)] += row.Cost;
        }

        return steps;
    }

    /// <summary>The steps as points of a report.</summary>
    public static IReadOnlyList<CostPoint> Points(IEnumerable<AggregateRow> rows, TimeWindow window) =>
        [.. Steps(rows, window).Select((use, i) => new CostPoint(window.At(i), Figures(use)))];

    /// <summary>Models with unpriced calls, and what to add to a price file for those that none names.</summary>
    /// <param name="models">Uses by model.</param>
    /// <param name="table">The prices in force.</param>
    /// <param name="today">The day from which a new price would hold.</param>
    public static IReadOnlyList<UnknownModel> Unknown(IEnumerable<KeyedUse> models, PriceTable table, DateOnly today) =>
        [
            .. models
                .Where(model => model.Use.Unpriced > 0)
                .OrderByDescending(model => model.Use.Unpriced)
                .Take(MostUnknownModels)
                .Select(model => Unknown(model.Key, model.Use.Unpriced, table.Find(model.Key, "") is not null, today)),
        ];

    /// <summary>A share of an amount, rounded to 10⁻¹² dollars.</summary>
    public static decimal? Per(Money? cost, double parts) => cost is { } known && parts > 0 ? decimal.Round(known.Dollars / (decimal)parts, 12) : null;

    private static UnknownModel Unknown(string model, long calls, bool hasPrice, DateOnly today) =>
        new(model, calls, hasPrice, hasPrice || model.Length == 0 ? null : PriceEntry.For(model, today));
}

/// <summary>Use and cost of a value of a split.</summary>
/// <param name="Key">The value.</param>
/// <param name="Use">Its sums.</param>
public sealed record KeyedUse(string Key, ModelUseTotals Use);
