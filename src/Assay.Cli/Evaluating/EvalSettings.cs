using Assay.Evaluation.Benchmarks;
using Assay.Models;
using Assay.Models.Caching;

namespace Assay.Cli.Evaluating;

/// <summary>Which models are asked, how fast, and for how much.</summary>
/// <param name="Models">The endpoints.</param>
/// <param name="Catalog">The folder of the catalog.</param>
/// <param name="Cache">What the response cache may do.</param>
internal sealed record EvalSettings(ModelEndpoints Models, string Catalog, CacheMode Cache)
{
    /// <summary>The catalog where none is named.</summary>
    public const string DefaultCatalog = "catalog";

    public int? Concurrency { get; init; }
    public long? RequestsPerMinute { get; init; }
    public long? TokensPerMinute { get; init; }
    public decimal? MaxCostUsd { get; init; }
    public double? MaxMinutes { get; init; }
}

/// <summary>The settings as a command line gives them: what it leaves out is null, so that it can come from elsewhere.</summary>
/// <param name="Models">The endpoints; its key variable is that of <see cref="KeyVariable"/>.</param>
internal sealed record GivenEvalSettings(ModelEndpoints Models)
{
    public string? KeyVariable { get; init; }
    public string? Catalog { get; init; }
    public CacheMode? Cache { get; init; }
    public int? Concurrency { get; init; }
    public long? RequestsPerMinute { get; init; }
    public long? TokensPerMinute { get; init; }
    public decimal? MaxCostUsd { get; init; }
    public double? MaxMinutes { get; init; }

    /// <summary>The settings of a run that begins: the defaults in place of what was left out.</summary>
    public EvalSettings WithDefaults() => Filled(ModelChoice.OpenAiKey, EvalSettings.DefaultCatalog, CacheMode.Write);

    /// <summary>The settings with others in place of what was left out.</summary>
    public EvalSettings Filled(string keyVariable, string catalog, CacheMode cache) =>
        new(Models with { KeyVariable = KeyVariable ?? keyVariable }, Catalog ?? catalog, Cache ?? cache)
        {
            Concurrency = Concurrency,
            RequestsPerMinute = RequestsPerMinute,
            TokensPerMinute = TokensPerMinute,
            MaxCostUsd = MaxCostUsd,
            MaxMinutes = MaxMinutes,
        };
}
