using Assay.Models;
using Assay.Models.Calls;

namespace Assay.Evaluation.Benchmarks;

/// <summary>Which endpoint answers and which judges, where the benchmark and the judge name none.</summary>
internal sealed record ModelEndpoints
{
    /// <summary>The endpoint; null when none is given.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The target's model in place of the benchmark's; null for that.</summary>
    public string? Model { get; init; }

    /// <summary>The judges' endpoint; null for <see cref="Endpoint"/>.</summary>
    public Uri? JudgeEndpoint { get; init; }

    /// <summary>The judges' model in place of their own; null for that.</summary>
    public string? JudgeModel { get; init; }

    /// <summary>The environment variable that holds the key.</summary>
    public string KeyVariable { get; init; } = ModelChoice.OpenAiKey;

    /// <summary>What one call may take.</summary>
    public CallLimits Limits { get; init; } = new();

    /// <summary>Whether calls may be made under a spending limit although nobody knows what they cost.</summary>
    public bool AllowUnknownPrice { get; init; }

    /// <summary>The environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>A connection.</summary>
    /// <param name="endpoint">The address that the benchmark or judge names; null for the command's.</param>
    /// <param name="model">The model.</param>
    /// <param name="keyVariable">The variable that the benchmark or judge names; empty for the command's.</param>
    /// <param name="isJudge">Whether it judges.</param>
    /// <exception cref="AssayException">Nobody names an endpoint or a model (exit code 2).</exception>
    public ModelConnection Connect(Uri? endpoint, string model, string keyVariable, bool isJudge)
    {
        var address = endpoint ?? (isJudge ? JudgeEndpoint : null) ?? Endpoint;
        if (address is null && !IsSet(ModelChoice.OpenAiAddress) && !IsSet(KeyVariable))
        {
            throw NoEndpoint();
        }

        if (model.Length == 0)
        {
            throw AssayException.Usage(
                $"Nobody says which model {(isJudge ? "judges" : "answers")}.",
                $"Name it with {(isJudge ? "--judge-model" : "--model")}, or in the catalog."
            );
        }

        var variable = keyVariable.Length > 0 ? keyVariable : KeyVariable;
        return new ModelChoice(address?.ToString(), model)
        {
            // The usual variable may be empty: a server in the house asks for no key.
            KeyVariable = variable == ModelChoice.OpenAiKey ? null : variable,
            Limits = Limits,
            AllowUnknownPrice = AllowUnknownPrice,
        }.Connect(Environment);
    }

    private bool IsSet(string variable) => Environment.TryGetValue(variable, out var value) && value.Length > 0;

    private AssayException NoEndpoint() =>
        AssayException.Usage(
            "No endpoint is named for the models of this benchmark.",
            $"Give --endpoint http://127.0.0.1:8080/v1, set OPENAI_BASE_URL or {KeyVariable}, or try --dry-run, which needs no model."
        );
}
