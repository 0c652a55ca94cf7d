using Assay.Models.Calls;

namespace Assay.Models;

/// <summary>What a person says about a model: on a command line or in a catalog file.</summary>
/// <param name="Endpoint">The address; null takes <c>OPENAI_BASE_URL</c> or, without it, OpenAI's own.</param>
/// <param name="Model">The model's name.</param>
public sealed record ModelChoice(string? Endpoint, string Model)
{
    /// <summary>Where a key is looked for when nobody names a variable, as OpenAI's own clients do.</summary>
    public const string OpenAiKey = "OPENAI_API_KEY";

    /// <summary>Where an address is looked for when nobody gives one, as OpenAI's own clients do.</summary>
    public const string OpenAiAddress = "OPENAI_BASE_URL";

    /// <summary>The environment variable with the key; null takes <see cref="OpenAiKey"/> where <see cref="UsesOpenAiKey"/>, else none.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>Whether <see cref="OpenAiKey"/> is sent without being named. The default is yes; no for services that never take OpenAI's keys, such as rerankers.</summary>
    public bool UsesOpenAiKey { get; init; } = true;

    /// <summary>What a call may take.</summary>
    public CallLimits Limits { get; init; } = new();

    /// <summary>See <see cref="ModelConnection.AllowUnknownPrice"/>.</summary>
    public bool AllowUnknownPrice { get; init; }

    /// <summary>The connection, with the key out of the environment.</summary>
    /// <param name="environment">The environment's variables.</param>
    /// <exception cref="AssayException">The address is none, or the variable with the key is not set (exit code 2).</exception>
    public ModelConnection Connect(IReadOnlyDictionary<string, string> environment)
    {
        var address = AddressIn(environment);
        return new ModelConnection
        {
            Address = address,
            Model = Model,
            ApiKey = KeyIn(environment, address),
            Limits = Limits,
            AllowUnknownPrice = AllowUnknownPrice,
        };
    }

    private Uri AddressIn(IReadOnlyDictionary<string, string> environment)
    {
        var text = Endpoint ?? environment.GetValueOrDefault(OpenAiAddress);
        if (string.IsNullOrWhiteSpace(text))
        {
            return ModelConnection.OpenAi;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw AssayException.Usage(
                $"'{(address?.UserInfo.Length > 0 ? "an address with a user or password in it" : text)}' is no address of a model.",
                "Give it like https://api.openai.com/v1 or http://127.0.0.1:8080; name the variable that holds a key instead of putting it into the address."
            );
    }

    private string? KeyIn(IReadOnlyDictionary<string, string> environment, Uri address)
    {
        var variable = KeyVariable ?? (UsesOpenAiKey ? OpenAiKey : null);
        if (variable is null)
        {
            return null;
        }

        var key = environment.GetValueOrDefault(variable)?.Trim();
        var isNeeded = KeyVariable is not null || address.Host == ModelConnection.OpenAi.Host;
        return !string.IsNullOrEmpty(key) ? key
            : isNeeded
                ? throw AssayException.Usage(
                    $"The environment variable {variable} is not set: '{Model}' needs a key.",
                    $"Set {variable}, or name the variable that holds the key."
                )
            : null;
    }
}
