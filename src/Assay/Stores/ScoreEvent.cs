namespace Assay.Stores;

/// <summary>Who gave a score.</summary>
public enum ScoreKind
{
    /// <summary>A metric or a judge: relevance, faithfulness.</summary>
    Quality,

    /// <summary>A user's rating.</summary>
    Rating,

    /// <summary>A guardrail: 1 when it triggered, 0 when it let pass.</summary>
    Guardrail,
}

/// <summary>A score of an answer: by a judge, a user or a guardrail.</summary>
public sealed record ScoreEvent
{
    /// <summary>The idempotency key; the sender's own id, or one made from span and name. 1 to 128 characters.</summary>
    public required string Key { get; init; }

    /// <summary>The service whose answer was scored.</summary>
    public required TelemetrySource Source { get; init; }

    /// <summary>When, in nanoseconds since 1970 UTC.</summary>
    public required long TimeNanos { get; init; }

    /// <summary>Who gave it.</summary>
    public required ScoreKind Kind { get; init; }

    /// <summary>What was scored: <c>relevance</c>, <c>user_rating</c>, <c>pii_filter</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The value, finite; quality scores are usually 0 to 1.</summary>
    public required double Value { get; init; }

    /// <summary>A word for the value, such as <c>helpful</c>; empty when there is none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Why, in the judge's words, redacted; empty when there is none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The operation that was scored, such as <c>POST /ask</c>; empty when unknown.</summary>
    public string Operation { get; init; } = "";

    /// <summary>See <see cref="SpanEvent.Variant"/>.</summary>
    public string Variant { get; init; } = "";

    /// <summary>See <see cref="SpanEvent.Prompt"/>.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>The trace that was scored; not present when unknown.</summary>
    public TraceId Trace { get; init; }

    /// <summary>The span that was scored; not present when unknown.</summary>
    public SpanId Span { get; init; }
}
