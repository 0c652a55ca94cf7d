using System.Text.Json;
using Assay.Evaluation.Asking;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Prompts;
using Assay.Evaluation.Targets;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Metrics.Judged;

/// <summary>What the judged metrics have in common: the model, a prompt for each language, and the question with its retry.</summary>
internal sealed class ModelCheck
{
    /// <summary>The most characters that one question shows a model: answer, reference and passages together.</summary>
    public const int MaxCharacters = 400_000;

    private readonly ModelQuestion question;
    private readonly Func<string, Prompt> promptFor;

    private ModelCheck(ModelQuestion question, Func<string, Prompt> promptFor, string fingerprint)
    {
        this.question = question;
        this.promptFor = promptFor;
        Fingerprint = fingerprint;
    }

    /// <summary>A hash over prompts, model and settings.</summary>
    public string Fingerprint { get; }

    /// <summary>The check that an entry asks for.</summary>
    /// <exception cref="AssayException">No model is named, or the prompt is unknown (exit code 2).</exception>
    public static ModelCheck Of(string kind, MetricEntry entry, MetricSources sources, JsonElement schema)
    {
        var chat =
            sources.Chat
            ?? throw entry.Place.Error($"A metric of kind '{kind}' asks a model, and the benchmark names none for it.", "Name a model for judged metrics.");
        var language = entry.OneOf("language", entry.Language, "auto", TextLanguage.English, TextLanguage.Russian);
        var output = entry.OneOf("output", entry.Output, "schema", "object", "text");
        Func<string, Prompt> promptFor = entry.Prompt is null
            ? of => BuiltInPrompts.Of(kind, language == "auto" ? of : language)
            : Always(Named(entry, sources));
        var model = (chat.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId;
        var prompts = new[] { promptFor(TextLanguage.English), promptFor(TextLanguage.Russian) }.Select(prompt => prompt.ContentHash);
        return new ModelCheck(new ModelQuestion(chat, "", output, schema), promptFor, MetricFingerprint.Of(kind, [model, output, .. prompts]));
    }

    /// <summary>The passages that the answer was given, else those of the case.</summary>
    public static IReadOnlyList<string> Contexts(Case asked, Answer answer) => answer.Contexts.Count > 0 ? answer.Contexts : asked.Contexts;

    /// <summary>Asks the model, and measures what it says.</summary>
    public async ValueTask<Measured> AskAsync(
        Asked asked,
        int repeat,
        Func<JsonElement, Reading<IReadOnlyList<JudgedPart>>> read,
        Func<IReadOnlyList<JudgedPart>, Measurement> measure,
        CancellationToken cancellationToken
    )
    {
        if (asked.Length > MaxCharacters)
        {
            return Measured.Of(new Measurement.Error($"The texts have {asked.Length} characters; a judged metric shows a model at most {MaxCharacters}."));
        }

        var reply = await question.AskAsync(promptFor(TextLanguage.Of(asked.Input)), asked.Fields(), repeat, read, cancellationToken);
        return new Measured(reply.Value is { } parts ? measure(parts) : new Measurement.Error(reply.Problem), reply.Calls);
    }

    private static Prompt Named(MetricEntry entry, MetricSources sources) =>
        sources.Prompt?.Invoke(entry)
        ?? throw entry.Place.Error($"No prompt '{entry.Prompt}': the benchmark has no catalog of prompts.", "Leave 'prompt' out.");

    private static Func<string, Prompt> Always(Prompt prompt) => _ => prompt;
}
