using System.Text.Json.Nodes;
using Assay.Evaluation.Asking;
using Assay.Evaluation.Prompts;
using Assay.Models.Calls;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Judges;

/// <summary>
/// Compares two answers in both orders, one after the other. When the two replies name different answers, the place decided and not the answer: that
/// counts as a tie, and as a flip. Safe for several threads when its client is.
/// </summary>
public sealed class PairwiseJudge : IPairwiseJudge
{
    private readonly JudgePrompts prompts;
    private readonly ModelQuestion asking;

    /// <summary>A judge that asks a model twice for each pair.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="prompts">Its prompts, one for each language, or one for all.</param>
    /// <param name="client">The model.</param>
    /// <param name="model">The model's name; empty for the prompt's, else the one that the client was made for.</param>
    /// <param name="output">How the model is told to answer in JSON: <c>schema</c>, <c>object</c> or <c>text</c>, for endpoints that know no more.</param>
    public PairwiseJudge(string name, IReadOnlyList<Prompt> prompts, IChatClient client, string model, string output = "schema")
    {
        Name = name;
        this.prompts = new JudgePrompts(prompts);
        asking = new ModelQuestion(client, model, output, JudgeReply.Schema("better", Words()));
        Fingerprint = Hash.Of(["pairwise", model, output, .. this.prompts.Hashes]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">The model refuses, or the budget is spent.</exception>
    public async ValueTask<PairJudgement> CompareAsync(PairQuestion question, int repeat, CancellationToken cancellationToken)
    {
        var first = await AskAsync(question, question.A, question.B, repeat, cancellationToken);
        if (first.Value is null)
        {
            return new PairJudgement(null, 0, first.Problem, first.Calls);
        }

        var second = await AskAsync(question, question.B, question.A, repeat, cancellationToken);
        CallFacts[] calls = [.. first.Calls, .. second.Calls];
        return second.Value is null ? new PairJudgement(null, 0, second.Problem, calls) : Decide(first.Value, second.Value, calls);
    }

    private ValueTask<Reply<PairReply>> AskAsync(PairQuestion question, string first, string second, int repeat, CancellationToken cancellationToken)
    {
        var prompt = prompts.Of(question.Language);
        var fields = JudgePrompts.Fields(prompt, question.Input, question.Expected, question.Contexts);
        (fields["first"], fields["second"]) = (first, second);
        return asking.AskAsync(prompt, fields, repeat, JudgeReply.Pair, cancellationToken);
    }

    private static PairJudgement Decide(PairReply withAFirst, PairReply withBFirst, IReadOnlyList<CallFacts> calls)
    {
        var (one, other) = (withAFirst.Better, Swapped(withBFirst.Better));
        var agreed = one == other ? one : Preference.Tie;
        var reason = one == other ? withAFirst.Reason : $"The order decided. A first: {withAFirst.Reason} B first: {withBFirst.Reason}";
        return new PairJudgement(agreed, agreed.Margin(), reason, calls) { WithAFirst = one, WithBFirst = other };
    }

    private static Preference Swapped(Preference shown) =>
        shown switch
        {
            Preference.A => Preference.B,
            Preference.B => Preference.A,
            _ => Preference.Tie,
        };

    private static JsonObject Words() => new() { ["type"] = "string", ["enum"] = new JsonArray("first", "second", "tie") };
}

/// <summary>Preferences as numbers.</summary>
internal static class PreferenceMargin
{
    /// <summary>−1 for A, 1 for B, 0 for a tie.</summary>
    public static int Margin(this Preference preference) =>
        preference switch
        {
            Preference.A => -1,
            Preference.B => 1,
            _ => 0,
        };
}
