using Assay.Catalogs;

namespace Assay.Prices;

/// <summary>What a model costs over time.</summary>
/// <param name="Model">Its name, as the provider spells it.</param>
/// <param name="Provider">The provider whose prices these are; empty for any.</param>
/// <param name="Aliases">Other names of the same model at the same price.</param>
/// <param name="Periods">Its prices by time, the earliest first; they never overlap.</param>
/// <param name="Source">Where the figures stand, empty when the file does not say.</param>
/// <param name="Checked">The day on which somebody compared them with the source.</param>
/// <param name="Place">The line that defines it.</param>
public sealed record ModelPrices(
    string Model,
    string Provider,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<PricePeriod> Periods,
    string Source,
    DateOnly? Checked,
    CatalogPlace Place
)
{
    /// <summary>The prices of a day in UTC; null before the first period, in a gap, and after an end.</summary>
    public TokenPrices? On(DateOnly day)
    {
        for (var i = Periods.Count - 1; i >= 0; i--)
        {
            if (Periods[i].From <= day)
            {
                return day < Periods[i].Before ? Periods[i].Prices : null;
            }
        }

        return null;
    }
}

/// <summary>Prices that hold for a time.</summary>
/// <param name="From">The first day, from 00:00 UTC.</param>
/// <param name="Before">The day on which they end, at 00:00 UTC; the next period's begin or, for the last without an end, the last day there is.</param>
/// <param name="Prices">The prices.</param>
public sealed record PricePeriod(DateOnly From, DateOnly Before, TokenPrices Prices);
