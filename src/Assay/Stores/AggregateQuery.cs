using Assay.Prices;
using Assay.Statistics.Samples;

namespace Assay.Stores;

/// <summary>What is summed.</summary>
public enum Series
{
    /// <summary>Requests. Name: the operation. Cost: of all model calls of the trace, at the time of its first request.</summary>
    Requests,

    /// <summary>All spans. Name: the span's name. Category: <see cref="SpanCategory"/> in lower case.</summary>
    Spans,

    /// <summary>Model calls. Name: the model. Category: <c>call</c>, <c>retry</c> or <c>cache_hit</c>.</summary>
    ModelCalls,

    /// <summary>Scores. Name: the score's. Category: <see cref="ScoreKind"/> in lower case.</summary>
    Scores,

    /// <summary>Log records. Name: the component. Category: <see cref="LogSeverity"/> in lower case.</summary>
    Logs,

    /// <summary>
    /// Spans that say whether their stage fell back (<see cref="SpanEvent.Fallback"/>). Name: the span's name. Category: the reason, empty where it did not. Failed: those
    /// that fell back. Variant: of the request of their service in their trace, where it has flags, else their own. Neither operation nor prompt.
    /// </summary>
    Fallbacks,
}

/// <summary>By what sums are split.</summary>
public enum Dimension
{
    /// <summary>The service.</summary>
    Service,

    /// <summary>The service's version.</summary>
    Version,

    /// <summary>The deployment environment.</summary>
    Environment,

    /// <summary>The operation of the request, where known.</summary>
    Operation,

    /// <summary>See <see cref="Series"/>.</summary>
    Category,

    /// <summary>See <see cref="Series"/>.</summary>
    Name,

    /// <summary>The flags' variants.</summary>
    Variant,

    /// <summary>The prompt.</summary>
    Prompt,
}

/// <summary>A question for sums; the store answers without handing out rows.</summary>
/// <param name="Series">What is summed.</param>
/// <param name="From">The begin, rounded down to a whole minute (an hour when the store keeps nothing finer).</param>
/// <param name="Before">The end, rounded up likewise.</param>
public sealed record AggregateQuery(Series Series, DateTimeOffset From, DateTimeOffset Before)
{
    /// <summary>The width of a point: a whole number of minutes; null for one point over all. Points begin at whole multiples of it since 1970 UTC.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>By what to split; empty for no split.</summary>
    public IReadOnlyList<Dimension> By { get; init; } = [];

    /// <summary>Which values to keep; a dimension that is not named keeps all.</summary>
    public IReadOnlyDictionary<Dimension, string> Where { get; init; } = new Dictionary<Dimension, string>();

    /// <summary>The most rows, 1 to 100,000; what lies beyond is an error that names a coarser step.</summary>
    public int Limit { get; init; } = 10_000;
}

/// <summary>One sum.</summary>
/// <param name="At">The begin of the point; the query's begin without a step.</param>
/// <param name="By">A value for each dimension of the query's split, in its order.</param>
/// <param name="Count">Events.</param>
/// <param name="Failed">Failed ones; 0 for scores and logs.</param>
/// <param name="DurationMs">Durations in milliseconds; empty for scores and logs.</param>
/// <param name="Value">Values of scores; empty for others.</param>
/// <param name="Cost">Use and cost; none for scores and logs.</param>
public sealed record AggregateRow(
    DateTimeOffset At,
    IReadOnlyList<string> By,
    long Count,
    long Failed,
    QuantileSketch DurationMs,
    Moments Value,
    ModelUseTotals Cost
)
{
    /// <summary>
    /// Requests: the sum of the squares of what each cost, in US dollars²; with the count and the sum it gives a variance. Null for other series with costs, and where a part of the time was
    /// stored by a version that did not keep it.
    /// </summary>
    public double? CostSquared { get; init; }
}
