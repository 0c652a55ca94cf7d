using Assay.Prices;

namespace Assay.Evaluation.Summaries;

/// <summary>What a run's model calls used.</summary>
/// <param name="Target">The target's calls.</param>
/// <param name="Judges">The calls of judged metrics.</param>
public sealed record RunUse(CallUse Target, CallUse Judges);

/// <summary>Sums over model calls. Cached answers count like others, with what they would have cost: two executions with the same answers give the same sums.</summary>
/// <param name="Calls">Calls.</param>
/// <param name="InputTokens">Input tokens, as far as they were reported.</param>
/// <param name="OutputTokens">Output tokens, as far as they were reported.</param>
/// <param name="Cost">The cost, as far as prices are known.</param>
/// <param name="Unpriced">Calls whose price is unknown: <paramref name="Cost"/> says nothing about these.</param>
public sealed record CallUse(int Calls, long InputTokens, long OutputTokens, Money Cost, int Unpriced)
{
    internal static readonly CallUse None = new(0, 0, 0, Money.Zero, 0);

    internal CallUse With(TokenUsage? tokens, Money? cost) =>
        new(
            Calls + 1,
            InputTokens + (tokens?.AllInput ?? 0),
            OutputTokens + (tokens?.AllOutput ?? 0),
            Cost + (cost ?? Money.Zero),
            Unpriced + (cost is null ? 1 : 0)
        );
}

/// <summary>What differs between two executions that got the same answers.</summary>
/// <param name="Cached">Calls that the response cache answered.</param>
/// <param name="Paid">What was paid, cached answers left out, as far as prices are known.</param>
/// <param name="Attempts">Requests that judged metrics sent, retries included.</param>
/// <param name="Retried">Calls of judged metrics that took more than one request.</param>
public sealed record RunTimings(int Cached, Money Paid, int Attempts, int Retried)
{
    internal static readonly RunTimings None = new(0, Money.Zero, 0, 0);

    internal RunTimings With(bool fromCache, Money? cost, int attempts) =>
        new(Cached + (fromCache ? 1 : 0), Paid + (fromCache ? Money.Zero : cost ?? Money.Zero), Attempts + attempts, Retried + (attempts > 1 ? 1 : 0));
}
