using Assay.Evaluation.Judges;
using Assay.Models;

namespace Assay.Cli.Calibrating;

/// <summary>Connects judges to the models that they ask.</summary>
internal sealed class JudgeConnections(ModelClients clients, JudgeModelChoice choice, IReadOnlyDictionary<string, string> environment)
{
    /// <exception cref="AssayException">Nobody says where the model is, what it is called, or the key is not there (exit code 2).</exception>
    public JudgeModel Of(JudgeDefinition judge)
    {
        var model = choice.Model ?? judge.Model;
        if (model.Length == 0)
        {
            throw AssayException.Usage($"The judge '{judge.Name}' names no model.", "Name it with --model, or in its file with 'model:'.");
        }

        var connection = new ModelConnection
        {
            Address = Address(judge),
            Model = model,
            ApiKey = Key(choice.KeyVariable ?? judge.KeyVariable),
        };
        return new JudgeModel(clients.Chat(connection), model);
    }

    private Uri Address(JudgeDefinition judge)
    {
        if (choice.Endpoint is not { } given)
        {
            return judge.Endpoint
                ?? throw AssayException.Usage(
                    $"The judge '{judge.Name}' asks a model, and nobody says where it is.",
                    "Name it with --endpoint, or in its file with 'endpoint:'. Without a network, offline/overlap counts words."
                );
        }

        return Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw AssayException.Usage($"--endpoint '{given}' is no address.", "Write it like http://127.0.0.1:8000/v1.");
    }

    private string? Key(string variable) =>
        variable.Length == 0 ? null
        : environment.TryGetValue(variable, out var key) && key.Length > 0 ? key
        : throw AssayException.Usage($"The environment variable {variable} holds no key.", "Set it, or name another with --key-variable.");
}
