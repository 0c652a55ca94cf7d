using Assay.Models.Calls;

namespace Assay.Evaluation.Judges;

/// <summary>Says which of two answers is better.</summary>
public interface IPairwiseJudge
{
    /// <summary>Its name; an offline judge begins with <c>offline/</c>.</summary>
    string Name { get; }

    /// <summary>As <see cref="IJudge.Fingerprint"/>.</summary>
    string Fingerprint { get; }

    /// <summary>Compares. Called from many threads at once.</summary>
    /// <exception cref="ModelCallException">The judge refuses, or the budget is spent; every other fault is a <see cref="PairJudgement"/> without a preference.</exception>
    ValueTask<PairJudgement> CompareAsync(PairQuestion question, int repeat, CancellationToken cancellationToken);
}

/// <summary>Two answers to one question.</summary>
/// <param name="Input">What was asked.</param>
/// <param name="A">One answer.</param>
/// <param name="B">The other.</param>
/// <param name="Expected">The reference answer; null when there is none.</param>
/// <param name="Contexts">The passages that answers rest on; empty when there are none.</param>
/// <param name="Language"><c>ru</c> or <c>en</c>: the language of rubric and reasons.</param>
public sealed record PairQuestion(string Input, string A, string B, string? Expected, IReadOnlyList<string> Contexts, string Language);

/// <summary>Which answer is better.</summary>
public enum Preference
{
    /// <summary>Neither.</summary>
    Tie,

    /// <summary>The one called A.</summary>
    A,

    /// <summary>The one called B.</summary>
    B,
}

/// <summary>What a pairwise judge said, or why it said nothing.</summary>
/// <param name="Preference">The better answer; null when the judge failed.</param>
/// <param name="Margin">From −1 (A is better) to 1 (B is better): −1, 0 or 1 for a judge that only names the better one. 0 when it failed.</param>
/// <param name="Reason">The judge's reason, or what went wrong.</param>
/// <param name="Calls">The model calls it took, failed ones included.</param>
public sealed record PairJudgement(Preference? Preference, double Margin, string Reason, IReadOnlyList<CallFacts> Calls)
{
    /// <summary>What it preferred when A stood first; null when it was not asked in both orders.</summary>
    public Preference? WithAFirst { get; init; }

    /// <summary>What it preferred when B stood first; null when it was not asked in both orders.</summary>
    public Preference? WithBFirst { get; init; }

    /// <summary>Whether it was asked in both orders and preferred another answer when they changed places.</summary>
    public bool Flipped => WithAFirst is { } first && WithBFirst is { } second && first != second;
}
