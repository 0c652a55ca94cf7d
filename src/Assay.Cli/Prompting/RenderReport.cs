using Assay.Evaluation.Prompts;

namespace Assay.Cli.Prompting;

/// <summary>A prompt with its fields filled in; with <c>--json</c> this is the document.</summary>
/// <param name="Prompt"><c>name@version</c>.</param>
/// <param name="Model">The model it was written for; null when any.</param>
/// <param name="Parameters">How the model is asked.</param>
/// <param name="Messages">What is sent.</param>
internal sealed record RenderReport(string Prompt, string? Model, ShownParameters Parameters, IReadOnlyList<RenderedMessage> Messages)
{
    /// <exception cref="AssayException">A field is missing (exit code 2).</exception>
    public static RenderReport Of(Prompt prompt, IReadOnlyDictionary<string, string> fields) =>
        new(
            prompt.Id,
            prompt.Model.Length > 0 ? prompt.Model : null,
            ShownParameters.Of(prompt),
            [.. prompt.Render(fields).Select(message => new RenderedMessage(message.Role.Value, message.Text))]
        );
}

/// <summary>One message.</summary>
internal sealed record RenderedMessage(string Role, string Content);

/// <summary>The messages as they would be sent: not wrapped, so that they can be copied.</summary>
internal static class RenderView
{
    public static async Task WriteAsync(TextWriter output, RenderReport report)
    {
        foreach (var message in report.Messages)
        {
            await output.WriteLineAsync($"--- {message.Role} ---\n{message.Content}");
        }
    }
}
