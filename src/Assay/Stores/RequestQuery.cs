using Assay.Prices;

namespace Assay.Stores;

/// <summary>Which requests to list; a filter that is null lets everything pass.</summary>
public sealed record RequestQuery
{
    /// <summary>Requests that began at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Requests that began before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>The service, exactly.</summary>
    public string? Service { get; init; }

    /// <summary>The service's version, exactly.</summary>
    public string? Version { get; init; }

    /// <summary>The deployment environment, exactly.</summary>
    public string? Environment { get; init; }

    /// <summary>Part of the request's name, regardless of case of Latin letters.</summary>
    public string? Name { get; init; }

    /// <summary>Only failed requests, or only others.</summary>
    public bool? Failed { get; init; }

    /// <summary>At least this long.</summary>
    public TimeSpan? AtLeast { get; init; }

    /// <summary>At most this long.</summary>
    public TimeSpan? AtMost { get; init; }

    /// <summary>The correlation id, exactly.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The variant, exactly.</summary>
    public string? Variant { get; init; }

    /// <summary>The prompt, exactly.</summary>
    public string? Prompt { get; init; }

    /// <summary>The page that follows this mark, from <see cref="RequestPage.Next"/>; null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>Rows of a page, 1 to 500.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>Requests, the newest first.</summary>
/// <param name="Rows">The requests.</param>
/// <param name="Next">The mark of the next page; null when this is the last.</param>
public sealed record RequestPage(IReadOnlyList<RequestRow> Rows, string? Next);

/// <summary>A request as a list shows it.</summary>
/// <param name="Request">The span at which it entered the service, with an empty body.</param>
/// <param name="SpanCount">Spans of its trace so far.</param>
/// <param name="FailedSpans">Failed spans of its trace so far.</param>
/// <param name="Cost">What the model calls of its trace used and cost.</param>
public sealed record RequestRow(SpanEvent Request, int SpanCount, int FailedSpans, ModelUseTotals Cost);

/// <summary>What is known of a trace, within bounds: a sender may put a million spans under one id. What lies beyond is counted.</summary>
/// <param name="Spans">
/// Its spans in order of begin, with bodies: at most <see cref="MostSpans"/> with at most <see cref="MostBodyBytes"/> of bodies, those that were stored last.
/// </param>
/// <param name="Logs">Its log records in order of time, the first <see cref="MostRecords"/>.</param>
/// <param name="Scores">Its scores in order of time, the first <see cref="MostRecords"/>.</param>
public sealed record StoredTrace(IReadOnlyList<SpanEvent> Spans, IReadOnlyList<LogEvent> Logs, IReadOnlyList<ScoreEvent> Scores)
{
    /// <summary>The most spans.</summary>
    public const int MostSpans = 5_000;

    /// <summary>The most bytes of their bodies together.</summary>
    public const int MostBodyBytes = 16 << 20;

    /// <summary>The most log records, and the most scores.</summary>
    public const int MostRecords = 1_000;

    /// <summary>Spans that are stored and not among <see cref="Spans"/>. Every figure made of these says nothing about them.</summary>
    public long SpansLeftOut { get; init; }

    /// <summary>Log records that are stored and not among <see cref="Logs"/>.</summary>
    public long LogsLeftOut { get; init; }

    /// <summary>Scores that are stored and not among <see cref="Scores"/>.</summary>
    public long ScoresLeftOut { get; init; }
}
