namespace Assay.Observability.Slos;

/// <summary>What an SLO counts.</summary>
public enum SloSignal
{
    /// <summary>Requests that enter the service: server and consumer spans, and spans without a parent in the process.</summary>
    Requests,

    /// <summary>What a request calls for: retrieval, model, tool and other client spans.</summary>
    Calls,

    /// <summary>Scores of answers: judges, ratings, guardrails.</summary>
    Scores,

    /// <summary>Counters that Prometheus has; the engine does not count these, the generated rules do.</summary>
    Prometheus,
}

/// <summary>When an event is good.</summary>
public enum GoodWhen
{
    /// <summary>It did not fail.</summary>
    NotFailed,

    /// <summary>It took at most <see cref="SloIndicator.Threshold"/> milliseconds; a score is at most that, as that of a guardrail which is 1 when it triggers.</summary>
    AtMost,

    /// <summary>Its value is at least <see cref="SloIndicator.Threshold"/>.</summary>
    AtLeast,
}

/// <summary>Which events an SLO counts, and which of them are good.</summary>
/// <param name="Signal">What is counted.</param>
/// <param name="Good">When an event is good.</param>
/// <param name="Threshold">Milliseconds, for the signal <see cref="SloSignal.Scores"/> a score; 0 and without meaning for <see cref="GoodWhen.NotFailed"/>.</param>
public sealed record SloIndicator(SloSignal Signal, GoodWhen Good, double Threshold = 0)
{
    /// <summary>Which events count; the service is the SLO's own.</summary>
    public SloFilter Where { get; init; } = SloFilter.All;

    /// <summary>Where Prometheus counts the events; null when Assay does.</summary>
    public PrometheusCounters? Prometheus { get; init; }

    internal bool JudgesDurations => Good == GoodWhen.AtMost && Signal != SloSignal.Scores;

    internal bool JudgesScores => Good != GoodWhen.NotFailed && !JudgesDurations;

    /// <summary>Whether an event with this outcome is good.</summary>
    /// <param name="failed">Whether it failed.</param>
    /// <param name="value">Its duration in milliseconds, or its score.</param>
    public bool IsGood(bool failed, double value) =>
        Good switch
        {
            GoodWhen.NotFailed => !failed,
            GoodWhen.AtMost => value <= Threshold,
            _ => value >= Threshold,
        };
}

/// <summary>Which events count; what is null lets everything pass.</summary>
public sealed record SloFilter
{
    /// <summary>Lets everything pass.</summary>
    public static readonly SloFilter All = new();

    /// <summary>The operation, exactly: the name of the request or call, or the operation that was scored.</summary>
    public string? Operation { get; init; }

    /// <summary>The service's version, exactly.</summary>
    public string? Version { get; init; }

    /// <summary>The deployment environment, exactly.</summary>
    public string? Environment { get; init; }

    /// <summary>One <c>flag=variant</c> that must be among those of the event.</summary>
    public string? Variant { get; init; }

    /// <summary>The score's name, exactly; scores only.</summary>
    public string? Score { get; init; }
}

/// <summary>Selectors of cumulative counters: <c>http_requests_total{job="ask"}</c>.</summary>
/// <param name="Bad">Counts bad events; null when <paramref name="Good"/> is given.</param>
/// <param name="Good">Counts good events; null when <paramref name="Bad"/> is given.</param>
/// <param name="Total">Counts all events.</param>
public sealed record PrometheusCounters(string? Bad, string? Good, string Total);
