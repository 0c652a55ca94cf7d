using Assay.Models.Calls;

namespace Assay.Models;

/// <summary>Where a model is and how it is asked. The key is in nothing that is printed.</summary>
public sealed class ModelConnection
{
    /// <summary>Where OpenAI's own service is.</summary>
    public static readonly Uri OpenAi = new("https://api.openai.com/v1");

    private readonly string? provider;

    /// <summary>The address that paths are added to: <c>https://api.openai.com/v1</c>, <c>http://127.0.0.1:8080</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The model's name, as the endpoint knows it.</summary>
    public required string Model { get; init; }

    /// <summary>The key that is sent as a bearer token; null sends none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Who runs the model, as price files and spans name it; what is known of the host when not set, else empty.</summary>
    public string Provider
    {
        get => provider ?? KnownProviders.Of(Address);
        init => provider = value;
    }

    /// <summary>What one call may take.</summary>
    public CallLimits Limits { get; init; } = new();

    /// <summary>Whether calls are made under a spending limit although nobody knows what they cost. The default is no.</summary>
    public bool AllowUnknownPrice { get; init; }

    /// <summary>The output tokens that a spending limit puts aside for a request that does not bound them. The default is 4096.</summary>
    public int AssumedOutputTokens { get; init; } = 4096;

    /// <summary>The name of the endpoint and the model, without the key.</summary>
    public override string ToString() => $"{Model} at {Address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}";

    /// <summary>An address below <see cref="Address"/>.</summary>
    internal Uri At(string path)
    {
        var builder = new UriBuilder(Address) { UserName = "", Password = "" };
        builder.Path = builder.Path.EndsWith(path, StringComparison.Ordinal) ? builder.Path : builder.Path.TrimEnd('/') + path;
        return builder.Uri;
    }
}
