namespace Assay.Server.Costs;

/// <summary>Costs of a window.</summary>
/// <param name="From">The begin.</param>
/// <param name="To">The end, excluded.</param>
/// <param name="StepS">Seconds of a point; null when the window is one.</param>
/// <param name="By">By what the rows are split.</param>
/// <param name="Totals">Over all.</param>
/// <param name="PerHourUsd">Cost divided by the hours of the window; null when unknown.</param>
/// <param name="Requests">Requests of the window.</param>
/// <param name="PerThousandRequestsUsd">Cost of 1,000 requests; null when unknown or without requests.</param>
/// <param name="Rows">One for each value of the split, the dearest first.</param>
/// <param name="Points">One for each step, in order of time; null without a step.</param>
/// <param name="UnknownModels">Models whose calls could not be priced, the most called first.</param>
/// <param name="Prices">The prices in force.</param>
internal sealed record CostReport(
    DateTimeOffset From,
    DateTimeOffset To,
    double? StepS,
    string By,
    CostFigures Totals,
    decimal? PerHourUsd,
    long Requests,
    decimal? PerThousandRequestsUsd,
    IReadOnlyList<CostRow> Rows,
    IReadOnlyList<CostPoint>? Points,
    IReadOnlyList<UnknownModel> UnknownModels,
    PricesInForce Prices
);

/// <summary>Use and cost. An amount that is unknown is null, never 0.</summary>
/// <param name="Calls">Model calls, retries and cache hits included.</param>
/// <param name="CostUsd">What was paid, retries included, as far as prices are known; null when no paid call has a price.</param>
/// <param name="AvoidedUsd">What hits of the caller's cache would have cost.</param>
/// <param name="CacheHits">Calls that the caller's cache answered.</param>
/// <param name="RetryCostUsd">The part of the cost that retries took.</param>
/// <param name="Retries">Calls that repeat a failed one.</param>
/// <param name="UnpricedCalls">Calls whose price is unknown; the cost says nothing about these.</param>
/// <param name="Tokens">Tokens of all calls but cache hits.</param>
internal sealed record CostFigures(
    long Calls,
    decimal? CostUsd,
    decimal AvoidedUsd,
    long CacheHits,
    decimal RetryCostUsd,
    long Retries,
    long UnpricedCalls,
    TokenFigures Tokens
);

/// <summary>Tokens, each in one kind.</summary>
internal sealed record TokenFigures(long Input, long CachedInput, long CacheWrite, long Output, long Reasoning);

/// <summary>Costs of a value of the split.</summary>
/// <param name="Key">The value; empty when the sender gave none.</param>
/// <param name="Figures">Use and cost.</param>
internal sealed record CostRow(string Key, CostFigures Figures);

/// <summary>Costs of a step.</summary>
/// <param name="At">The begin of the step.</param>
/// <param name="Figures">Use and cost.</param>
internal sealed record CostPoint(DateTimeOffset At, CostFigures Figures);

/// <summary>A model without a price, or with calls without tokens.</summary>
/// <param name="Model">The model; empty when the sender named none.</param>
/// <param name="Calls">Its calls that could not be priced.</param>
/// <param name="HasPrice">Whether a price file names it: then the calls lack tokens, or lie before its first day.</param>
/// <param name="Entry">The lines to add to a price file; null when it has a price or no name.</param>
public sealed record UnknownModel(string Model, long Calls, bool HasPrice, string? Entry);

/// <summary>The prices in force.</summary>
/// <param name="Models">How many models have prices.</param>
/// <param name="Folder">The folder of the price files.</param>
/// <param name="Since">When the prices were read.</param>
/// <param name="Fault">What is wrong with the files as they are now; null when nothing is.</param>
/// <param name="Fix">What to do about the fault.</param>
internal sealed record PricesInForce(int Models, string Folder, DateTimeOffset Since, string? Fault, string? Fix);
