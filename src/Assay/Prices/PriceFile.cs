using Assay.Catalogs;
using YamlDotNet.Serialization;

namespace Assay.Prices;

/// <summary>A file of <c>catalog/prices</c>, as it is written.</summary>
internal sealed class PriceFile : CatalogEntry
{
    public string Source { get; set; } = "";

    public DateOnly? Checked { get; set; }

    public string Note { get; set; } = "";

    public string Provider { get; set; } = "";

    public List<PricedModel?>? Models { get; set; }
}

internal sealed class PricedModel : CatalogEntry
{
    public string Model { get; set; } = "";

    public string? Provider { get; set; }

    public List<string?>? Aliases { get; set; }

    public string Note { get; set; } = "";

    public List<PriceLine?>? Prices { get; set; }
}

/// <summary>US dollars for a million tokens of each kind.</summary>
internal sealed class PriceLine : CatalogEntry
{
    public DateOnly? From { get; set; }

    public DateOnly? Before { get; set; }

    public decimal? Input { get; set; }

    public decimal? CachedInput { get; set; }

    public decimal? CacheWrite { get; set; }

    public decimal? Output { get; set; }

    public decimal? Reasoning { get; set; }

    /// <summary>The kinds with their keys, in the order of the documentation.</summary>
    [YamlIgnore]
    public IEnumerable<KeyValuePair<string, decimal?>> Kinds =>
        [new("input", Input), new("cachedInput", CachedInput), new("cacheWrite", CacheWrite), new("output", Output), new("reasoning", Reasoning)];
}
