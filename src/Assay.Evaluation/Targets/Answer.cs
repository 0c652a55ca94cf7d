using Assay.Prices;

namespace Assay.Evaluation.Targets;

/// <summary>What a target said to one case.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Model">Who answered; offline models begin with <c>offline/</c>; empty when the target does not say.</param>
public sealed record Answer(string Text, string Model)
{
    /// <summary>Ids of the documents it rests on, best first; empty when the target does not say.</summary>
    public IReadOnlyList<string> RetrievedIds { get; init; } = [];

    /// <summary>The passages that it was given or found, best first; empty when the target does not say.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>How long the answer took at its source, in milliseconds; a cached answer keeps the time of the call that made it.</summary>
    public double LatencyMs { get; init; }

    /// <summary>Tokens; null when not reported.</summary>
    public TokenUsage? Tokens { get; init; }

    /// <summary>What it cost; null when the price is unknown.</summary>
    public Money? Cost { get; init; }

    /// <summary>Whether it came from the response cache, so that nothing was paid now.</summary>
    public bool FromCache { get; init; }

    /// <summary>The trace of the call, 32 hexadecimal digits; null when there is none.</summary>
    public string? TraceId { get; init; }
}
