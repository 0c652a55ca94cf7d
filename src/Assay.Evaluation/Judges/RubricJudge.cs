using System.Globalization;
using Assay.Evaluation.Asking;
using Assay.Evaluation.Prompts;
using Assay.Models.Calls;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Judges;

/// <summary>Scores one answer by a rubric that a prompt states. Safe for several threads when its client is.</summary>
public sealed class RubricJudge : IJudge
{
    private readonly JudgePrompts prompts;
    private readonly JudgeScale scale;
    private readonly ModelQuestion asking;

    /// <summary>A judge that asks a model.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="prompts">Its prompts, one for each language, or one for all.</param>
    /// <param name="scale">How it says a score.</param>
    /// <param name="client">The model.</param>
    /// <param name="model">The model's name; empty for the prompt's, else the one that the client was made for.</param>
    /// <param name="output">How the model is told to answer in JSON: <c>schema</c>, <c>object</c> or <c>text</c>, for endpoints that know no more.</param>
    public RubricJudge(string name, IReadOnlyList<Prompt> prompts, JudgeScale scale, IChatClient client, string model, string output = "schema")
    {
        Name = name;
        this.prompts = new JudgePrompts(prompts);
        this.scale = scale;
        asking = new ModelQuestion(client, model, output, JudgeReply.Schema("score", scale.Schema()));
        Fingerprint = Hash.Of(["rubric", model, output, .. this.prompts.Hashes, .. scale.Levels.SelectMany(Parts)]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    /// <exception cref="ModelCallException">The model refuses, or the budget is spent.</exception>
    public async ValueTask<Judgement> JudgeAsync(JudgeQuestion question, int repeat, CancellationToken cancellationToken)
    {
        var prompt = prompts.Of(question.Language);
        var fields = JudgePrompts.Fields(prompt, question.Input, question.Expected, question.Contexts);
        fields["answer"] = question.Answer;
        fields["scale"] = scale.Text(prompt.Language);
        var outcome = await asking.AskAsync(prompt, fields, repeat, said => JudgeReply.Score(said, scale), cancellationToken);
        return outcome.Value is { } reply ? new Judgement(reply.Score, reply.Reason, outcome.Calls) : new Judgement(null, outcome.Problem, outcome.Calls);
    }

    private static IEnumerable<string> Parts(ScaleLevel level) =>
        level
            .Means.OrderBy(means => means.Key, StringComparer.Ordinal)
            .SelectMany(means => new[] { means.Key, means.Value })
            .Prepend(level.Score.ToString(CultureInfo.InvariantCulture))
            .Prepend(level.Name);
}
