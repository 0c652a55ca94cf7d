using Assay.Models.Calls;

namespace Assay.Evaluation.Judges;

/// <summary>Scores one answer by a rubric. One call may ask a model more than once (a retry after invalid output, a panel).</summary>
public interface IJudge
{
    /// <summary>Its name: <c>answer_quality</c>; an offline judge begins with <c>offline/</c>.</summary>
    string Name { get; }

    /// <summary>A hash over prompt content, model, parameters and kind: a change voids its calibration and the baselines it scored.</summary>
    string Fingerprint { get; }

    /// <summary>Judges. Called from many threads at once.</summary>
    /// <exception cref="ModelCallException">The judge refuses, or the budget is spent; every other fault is a <see cref="Judgement"/> without a score.</exception>
    ValueTask<Judgement> JudgeAsync(JudgeQuestion question, int repeat, CancellationToken cancellationToken);
}

/// <summary>What is judged.</summary>
/// <param name="Input">What was asked.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Expected">The reference answer; null when there is none.</param>
/// <param name="Contexts">The passages that the answer rests on; empty when there are none.</param>
/// <param name="Language"><c>ru</c> or <c>en</c>: the language of rubric and reasons.</param>
public sealed record JudgeQuestion(string Input, string Answer, string? Expected, IReadOnlyList<string> Contexts, string Language);

/// <summary>What a judge said: a score, or why there is none.</summary>
/// <param name="Score">From 0 to 1; null when the judge failed.</param>
/// <param name="Reason">The judge's reason, or what went wrong.</param>
/// <param name="Calls">The model calls it took, failed ones included.</param>
public sealed record Judgement(double? Score, string Reason, IReadOnlyList<CallFacts> Calls)
{
    /// <summary>What each member of a panel said; empty for a single judge.</summary>
    public IReadOnlyList<JudgeVote> Votes { get; init; } = [];
}

/// <summary>What one member of a panel said.</summary>
/// <param name="Judge">Its name.</param>
/// <param name="Score">From 0 to 1; null when it failed.</param>
/// <param name="Reason">Its reason, or what went wrong.</param>
public sealed record JudgeVote(string Judge, double? Score, string Reason);
