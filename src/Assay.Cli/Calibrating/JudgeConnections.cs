using Assay.Evaluation.Judges;
using Assay.Models;

namespace Assay.Cli.Calibrating;

/// <summary>Connects judges to the models that they ask.</summary>
internal sealed class JudgeConnections(ModelClients clients, CalibrationRequest request, IReadOnlyDictionary<string, string> environment)
{
    private readonly JudgeModelChoice choice = request.Model;

    /// <exception cref="AssayException">Nobody says where the model is, what it is called, or the key is not there (exit code 2).</exception>
    public JudgeModel Of(JudgeDefinition judge)
    {
        var model = choice.Model ?? judge.Model;
        if (model.Length == 0)
        {
            throw AssayException.Usage($"The judge '{judge.Name}' names no model.", "Name it with --model, or in its file with 'model:'.");
        }

        var variable = choice.KeyVariable ?? (judge.KeyVariable.Length > 0 ? judge.KeyVariable : null);
        var connection = new ModelChoice(Address(judge)?.ToString(), model)
        {
            KeyVariable = variable,
            Limits = request.Limits.PerCall,
            AllowUnknownPrice = request.Limits.AllowUnknownPrice,
        }.Connect(environment);
        return new JudgeModel(clients.Chat(connection), model);
    }

    /// <summary>The address; null for that of the environment.</summary>
    private Uri? Address(JudgeDefinition judge)
    {
        if (choice.Endpoint is not { } given)
        {
            return judge.Endpoint is null && !IsSet(ModelChoice.OpenAiAddress) && !IsSet(choice.KeyVariable ?? ModelChoice.OpenAiKey)
                ? throw AssayException.Usage(
                    $"The judge '{judge.Name}' asks a model, and nobody says where it is.",
                    "Name it with --endpoint, set OPENAI_BASE_URL or OPENAI_API_KEY, or write 'endpoint:' in its file. Without a network, offline/overlap counts words."
                )
                : judge.Endpoint;
        }

        return Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw AssayException.Usage($"--endpoint '{given}' is no address.", "Write it like http://127.0.0.1:8000/v1.");
    }

    private bool IsSet(string variable) => environment.TryGetValue(variable, out var value) && value.Length > 0;
}
