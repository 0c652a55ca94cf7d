using Assay.Models.Chat;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Prompts;

/// <summary>One version of a prompt, as its catalog file states it. Immutable once blessed.</summary>
/// <param name="Name">Its name, lower case: <c>handbook_answer</c>.</param>
/// <param name="Version">From 1.</param>
/// <param name="ContentHash">SHA-256 over its canonical content, 64 hexadecimal digits: any change of a word that a model sees, of model or parameters changes it.</param>
public sealed record Prompt(string Name, int Version, string ContentHash)
{
    /// <summary><c>name@version</c>.</summary>
    public string Id => $"{Name}@{Version}";

    /// <summary>What it is for; empty when not said.</summary>
    public string Description { get; init; } = "";

    /// <summary><c>en</c> or <c>ru</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The model it was written for; empty when any.</summary>
    public string Model { get; init; } = "";

    /// <summary>The fields it needs: <c>input</c>, <c>contexts</c>, <c>expected</c>, or further fields of a case.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = ["input"];

    /// <summary>The system message's template; empty for none.</summary>
    public string System { get; init; } = "";

    /// <summary>The user message's template, with fields as <c>{{input}}</c>.</summary>
    public string User { get; init; } = "";

    /// <summary>The sampling temperature, from 0; null for the model's own.</summary>
    public float? Temperature { get; init; }

    /// <summary>The share of probability that tokens are drawn from, above 0 to 1; null for the model's own.</summary>
    public float? TopP { get; init; }

    /// <summary>The most tokens of an answer; null for the model's own.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>The file it was read from; empty when it was not.</summary>
    public string Path { get; init; } = "";

    /// <summary>The messages for one set of fields.</summary>
    /// <param name="fields">A value for each of <see cref="Inputs"/>; others are not looked at.</param>
    /// <exception cref="AssayException">A field is missing (exit code 2): the message names prompt and field.</exception>
    public IReadOnlyList<ChatMessage> Render(IReadOnlyDictionary<string, string> fields)
    {
        var user = new ChatMessage(ChatRole.User, PromptTemplate.Fill(User, fields, Id));
        return System.Length == 0 ? [user] : [new ChatMessage(ChatRole.System, PromptTemplate.Fill(System, fields, Id)), user];
    }

    /// <summary>How a model is asked with it: its parameters, with prompt and repeat told for cache and span. Repeats get a seed of their own.</summary>
    /// <param name="model">The model; empty for <see cref="Model"/>.</param>
    /// <param name="repeat">From 0.</param>
    public ChatOptions Options(string model, int repeat) =>
        new ChatOptions
        {
            ModelId = (model.Length > 0 ? model : Model) is { Length: > 0 } named ? named : null,
            Temperature = Temperature,
            TopP = TopP,
            MaxOutputTokens = MaxOutputTokens,
            Seed = repeat,
        }.For(Id, repeat);
}
