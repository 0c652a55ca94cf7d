namespace Assay.Models;

/// <summary>Who runs which host: the values of <c>gen_ai.provider.name</c> in OpenTelemetry's conventions for generative AI.</summary>
internal static class KnownProviders
{
    private static readonly (string Host, string Provider)[] Hosts =
    [
        ("api.openai.com", "openai"),
        ("openai.azure.com", "azure.ai.openai"),
        ("services.ai.azure.com", "azure.ai.inference"),
        ("api.anthropic.com", "anthropic"),
        ("api.mistral.ai", "mistral_ai"),
        ("api.deepseek.com", "deepseek"),
        ("api.groq.com", "groq"),
        ("api.cohere.com", "cohere"),
        ("api.x.ai", "x_ai"),
        ("api.perplexity.ai", "perplexity"),
        ("generativelanguage.googleapis.com", "gcp.gemini"),
    ];

    /// <summary>Empty when the host is not known.</summary>
    public static string Of(Uri address)
    {
        foreach (var (host, provider) in Hosts)
        {
            if (address.Host == host || address.Host.EndsWith("." + host, StringComparison.Ordinal))
            {
                return provider;
            }
        }

        return "";
    }
}
