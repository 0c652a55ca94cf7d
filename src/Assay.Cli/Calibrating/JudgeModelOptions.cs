using System.CommandLine;

namespace Assay.Cli.Calibrating;

/// <summary>Which model a judge asks, where its file leaves that open; what is given here wins.</summary>
/// <param name="Endpoint">The address of an OpenAI-compatible endpoint; null for the file's.</param>
/// <param name="Model">The model; null for the file's.</param>
/// <param name="KeyVariable">The environment variable that holds the key; null for the file's.</param>
internal sealed record JudgeModelChoice(string? Endpoint, string? Model, string? KeyVariable);

/// <summary>The options of that choice.</summary>
internal sealed class JudgeModelOptions
{
    private readonly Option<string?> endpoint = new("--endpoint")
    {
        Description = "Address of an OpenAI-compatible endpoint, such as http://127.0.0.1:8000/v1. The default is the judge's own.",
        HelpName = "URL",
    };

    private readonly Option<string?> model = new("--model") { Description = "The model that judges. The default is the judge's own.", HelpName = "NAME" };

    private readonly Option<string?> keyVariable = new("--key-variable")
    {
        Description = "The environment variable that holds the key. The default is the judge's own; none is sent without one.",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(endpoint);
        command.Options.Add(model);
        command.Options.Add(keyVariable);
    }

    public JudgeModelChoice Read(ParseResult parsed) => new(parsed.GetValue(endpoint), parsed.GetValue(model), parsed.GetValue(keyVariable));
}
