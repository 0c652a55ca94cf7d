using System.Globalization;
using Assay.Models.Calls;

namespace Assay.Evaluation.Judges;

/// <summary>How a panel comes to one score.</summary>
public enum PanelRule
{
    /// <summary>The mean of the members' scores.</summary>
    Mean,

    /// <summary>1 when more than half of the members' scores reach the threshold, 0 when fewer do, 0.5 when exactly half do.</summary>
    Majority,
}

/// <summary>
/// Several judges on one answer, asked one after the other, so that a run keeps to its concurrency. A member without a score is named in the reason;
/// a panel of which half or more gave none has none either.
/// </summary>
public sealed class PanelJudge : IJudge
{
    /// <summary>The most members.</summary>
    public const int MaxMembers = 9;

    private readonly IReadOnlyList<IJudge> members;
    private readonly PanelRule rule;
    private readonly double threshold;

    /// <summary>A panel.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="members">2 to <see cref="MaxMembers"/> judges.</param>
    /// <param name="rule">How their scores become one.</param>
    /// <param name="threshold">What a member's score must reach to count for the majority, 0 to 1.</param>
    public PanelJudge(string name, IReadOnlyList<IJudge> members, PanelRule rule, double threshold)
    {
        (Name, this.members, this.rule, this.threshold) = (name, members, rule, threshold);
        var decides = rule == PanelRule.Majority ? threshold.ToString(CultureInfo.InvariantCulture) : "";
        Fingerprint = Hash.Of(["panel", rule.ToString(), decides, .. members.Select(member => member.Fingerprint)]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">A member refuses, or the budget is spent.</exception>
    public async ValueTask<Judgement> JudgeAsync(JudgeQuestion question, int repeat, CancellationToken cancellationToken)
    {
        var votes = new List<JudgeVote>(members.Count);
        var calls = new List<CallFacts>(members.Count);
        foreach (var member in members)
        {
            var judgement = await member.JudgeAsync(question, repeat, cancellationToken);
            votes.Add(new JudgeVote(member.Name, judgement.Score, judgement.Reason));
            calls.AddRange(judgement.Calls);
        }

        return Decide(votes, calls);
    }

    private Judgement Decide(List<JudgeVote> votes, List<CallFacts> calls)
    {
        double[] scores = [.. votes.Where(vote => vote.Score is not null).Select(vote => vote.Score!.Value)];
        double? score =
            2 * scores.Length <= votes.Count ? null
            : rule == PanelRule.Mean ? scores.Average()
            : Majority(scores);
        return new Judgement(score, $"{scores.Length} of {votes.Count} judges gave a score. {string.Join(" ", votes.Select(Words))}", calls) { Votes = votes };
    }

    private double Majority(double[] scores) =>
        (2 * scores.Count(score => score >= threshold)).CompareTo(scores.Length) switch
        {
            > 0 => 1,
            0 => 0.5,
            _ => 0,
        };

    private static string Words(JudgeVote vote) =>
        vote.Score is { } score
            ? string.Create(CultureInfo.InvariantCulture, $"{vote.Judge}: {score:0.##} ({vote.Reason})")
            : $"{vote.Judge}: no score ({vote.Reason})";
}
