using System.CommandLine;
using Assay.Cli.Commands;
using Assay.Models.Caching;
using Assay.Models.Calls;

namespace Assay.Cli.Calibrating;

/// <summary>Which model a judge asks, where its file leaves that open; what is given here wins.</summary>
/// <param name="Endpoint">The address of an OpenAI-compatible endpoint; null for the file's.</param>
/// <param name="Model">The model; null for the file's.</param>
/// <param name="KeyVariable">The environment variable that holds the key; null for the file's.</param>
internal sealed record JudgeModelChoice(string? Endpoint, string? Model, string? KeyVariable);

/// <summary>What judging may cost, and what need not be asked again.</summary>
/// <param name="DataFolder">The folder whose response cache is used; that of benchmark runs.</param>
/// <param name="Cache">What the cache may do.</param>
/// <param name="MaxCostUsd">The most that calls may cost together, in US dollars; null for no limit.</param>
/// <param name="AllowUnknownPrice">Whether calls at an unknown price count as 0 under that limit.</param>
/// <param name="TimeoutSeconds">The longest wait for one answer; null for 60 s.</param>
internal sealed record JudgingLimits(string DataFolder, CacheMode Cache, double? MaxCostUsd, bool AllowUnknownPrice, double? TimeoutSeconds)
{
    public CallLimits PerCall => CallLimits.Within(TimeoutSeconds);
}

/// <summary>The options of that choice.</summary>
internal sealed class JudgeModelOptions
{
    private readonly Option<string?> endpoint = new("--endpoint")
    {
        Description = "Address of an OpenAI-compatible endpoint, such as http://127.0.0.1:8000/v1. The default is the judge's own, else OPENAI_BASE_URL.",
        HelpName = "URL",
    };

    private readonly Option<string?> model = new("--model") { Description = "The model that judges. The default is the judge's own.", HelpName = "NAME" };

    private readonly Option<string?> keyVariable = new("--key-variable")
    {
        Description = "The environment variable that holds the key. The default is the judge's own, else OPENAI_API_KEY where it is set.",
        HelpName = "NAME",
    };

    private readonly Option<double?> cost = NumberOption.Number(
        "--max-cost",
        "USD",
        "Stop before more than so many dollars are spent. What was paid is in the cache and is not paid again."
    );
    private readonly Option<bool> unknownPrice = new("--allow-unknown-price")
    {
        Description = "Judge with --max-cost although the model's price is unknown: its calls count as 0.",
    };
    private readonly Option<double?> timeout = NumberOption.Number("--timeout", "SECONDS", "The longest wait for one answer of a model. The default is 60.");
    private readonly Option<CacheMode?> cache = CommonOptions.Cache();
    private readonly Option<string> data = CommonOptions.Data();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[endpoint, model, keyVariable, cost, unknownPrice, timeout, cache, data])
        {
            command.Options.Add(option);
        }
    }

    public JudgingLimits ReadLimits(ParseResult parsed) =>
        new(parsed.GetValue(data)!, parsed.GetValue(cache) ?? CacheMode.Write, parsed.GetValue(cost), parsed.GetValue(unknownPrice), parsed.GetValue(timeout));

    public JudgeModelChoice Read(ParseResult parsed) => new(parsed.GetValue(endpoint), parsed.GetValue(model), parsed.GetValue(keyVariable));
}
