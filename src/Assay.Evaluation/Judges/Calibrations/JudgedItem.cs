using Assay.Models.Calls;

namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>What a judge said of an item that people judged.</summary>
/// <param name="Item">The item.</param>
/// <param name="Value">Its score from 0 to 1, or its margin from −1 (A is better) to 1; null when it failed.</param>
/// <param name="Reason">The judge's reason, or what went wrong.</param>
/// <param name="Calls">The model calls it took.</param>
public sealed record JudgedItem(LabelledItem Item, double? Value, string Reason, IReadOnlyList<CallFacts> Calls)
{
    /// <summary>The preference of a pair; null for a single answer, and when the judge failed.</summary>
    public Preference? Preference { get; init; }

    /// <summary>The comparison; null for a single answer.</summary>
    public PairJudgement? Pair { get; init; }

    /// <summary>What the members of a panel said; empty for others.</summary>
    public IReadOnlyList<JudgeVote> Votes { get; init; } = [];

    /// <summary>A single answer with its judgement.</summary>
    public static JudgedItem Of(LabelledItem item, Judgement judgement) =>
        new(item, judgement.Score, judgement.Reason, judgement.Calls) { Votes = judgement.Votes };

    /// <summary>A pair with its comparison.</summary>
    public static JudgedItem Of(LabelledItem item, PairJudgement judgement) =>
        new(item, judgement.Preference is null ? null : judgement.Margin, judgement.Reason, judgement.Calls)
        {
            Preference = judgement.Preference,
            Pair = judgement,
        };
}
