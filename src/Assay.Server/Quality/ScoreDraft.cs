using Assay.Stores;

namespace Assay.Server.Quality;

/// <summary>A score as it was sent, checked; what its trace knows is not filled in yet.</summary>
internal sealed record ScoreDraft
{
    /// <summary>The sender's key, or one made of trace, span, kind and name.</summary>
    public required string Key { get; init; }

    public required ScoreKind Kind { get; init; }

    public required string Name { get; init; }

    public required double Value { get; init; }

    public required DateTimeOffset At { get; init; }

    public string Label { get; init; } = "";

    public string Reason { get; init; } = "";

    public string Service { get; init; } = "";

    public string Version { get; init; } = "";

    public string Environment { get; init; } = "";

    public string Operation { get; init; } = "";

    public string Variant { get; init; } = "";

    public string Prompt { get; init; } = "";

    public TraceId Trace { get; init; }

    public SpanId Span { get; init; }
}
