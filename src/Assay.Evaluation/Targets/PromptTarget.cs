using System.Globalization;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Prompts;
using Assay.Models.Chat;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Targets;

/// <summary>A prompt, filled with a case's fields, and the model that answers it.</summary>
/// <param name="chat">The model.</param>
/// <param name="model">The model's name, for the request and the fingerprint; offline models begin with <c>offline/</c>.</param>
/// <param name="address">Where it is asked, without credentials; empty for an offline one.</param>
/// <param name="prompt">The prompt.</param>
/// <param name="seed">Repeats are asked with this seed and the following ones, where the endpoint takes one.</param>
public sealed class PromptTarget(IChatClient chat, string model, string address, Prompt prompt, ulong seed) : ITarget
{
    /// <inheritdoc/>
    public string Name => $"{prompt.Id} on {model}";

    /// <inheritdoc/>
    public string Fingerprint { get; } =
        Hash.Of(
            "prompt",
            prompt.ContentHash,
            model,
            address,
            prompt.Temperature?.ToString(CultureInfo.InvariantCulture) ?? "",
            seed.ToString(CultureInfo.InvariantCulture)
        );

    /// <inheritdoc/>
    public async ValueTask<Answer> AnswerAsync(Case asked, int repeat, CancellationToken cancellationToken)
    {
        var options = prompt.Options(model, repeat);
        // Seeds of the API are signed and 64 bits wide; negative ones are refused by some servers.
        options.Seed = (long)((seed + (ulong)repeat) & long.MaxValue);
        var response = await chat.GetResponseAsync(prompt.Render(CaseFields.Of(asked)), options, cancellationToken);
        var facts = response.Facts();
        return new Answer(response.Text, facts.Model)
        {
            Contexts = asked.Contexts,
            LatencyMs = facts.DurationMs,
            Tokens = facts.Tokens,
            Cost = facts.Cost,
            FromCache = facts.FromCache,
        };
    }
}
