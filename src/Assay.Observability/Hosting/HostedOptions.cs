using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Assay.Observability.Hosting;

/// <summary>Reads <see cref="ObservabilityOptions"/> from a host's configuration.</summary>
internal static class HostedOptions
{
    public const string Section = "Assay:Observability";

    // Where a hub listens, and every OpenTelemetry collector, for HTTP and for gRPC; OpenTelemetry protocol exporter specification, endpoint options.
    private static readonly Uri Hub = new("http://127.0.0.1:4318");
    private static readonly Uri HubOverGrpc = new("http://127.0.0.1:4317");

    /// <summary>
    /// Defaults of a hosted service, then each source of the configuration in its order, so that the environment wins over files whichever
    /// of the two forms of a name each uses: <c>ServiceName</c> or <c>SERVICE_NAME</c>; then <paramref name="configure"/>.
    /// </summary>
    /// <exception cref="AssayException">One or more values are wrong; the message names each with what it may be (exit code 2).</exception>
    public static ObservabilityOptions Read(IConfiguration configuration, Action<ObservabilityOptions>? configure = null)
    {
        var options = new ObservabilityOptions { OtlpEndpoint = Hub, ServiceVersion = EntryVersion() };
        IEnumerable<IConfigurationProvider> providers = configuration is IConfigurationRoot root ? root.Providers : [];
        var faults = providers.SelectMany(p => ObservabilityVariables.Apply(options, VariablesOf(p))).ToList();
        if (faults.Count > 0)
        {
            throw AssayException.Usage(string.Join(" ", faults), $"Correct these settings in section {Section} or in the environment, or leave them out.");
        }

        configure?.Invoke(options);
        // The port follows the protocol as long as nobody named an address, not even this one.
        options.OtlpEndpoint = options.OtlpOverGrpc && ReferenceEquals(options.OtlpEndpoint, Hub) ? HubOverGrpc : options.OtlpEndpoint;
        return options;
    }

    private static Dictionary<string, string> VariablesOf(IConfigurationProvider provider)
    {
        var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in (string[])["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL"])
        {
            if (provider.TryGet(name, out var value) && value is not null)
            {
                variables[name] = value;
            }
        }

        foreach (var key in provider.GetChildKeys([], Section).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (ValueOf(provider, $"{Section}:{key}") is { } value)
            {
                variables[ObservabilityVariables.Prefix + key.ToUpperInvariant()] = value;
            }
        }

        return variables;
    }

    // A list in a file is a key for each of its items.
    private static string? ValueOf(IConfigurationProvider provider, string path)
    {
        if (provider.TryGet(path, out var value) && value is not null)
        {
            return value;
        }

        var items = provider.GetChildKeys([], path).Select(i => provider.TryGet($"{path}:{i}", out var item) ? item : null).OfType<string>().ToList();
        return items.Count == 0 ? null : string.Join(',', items);
    }

    private static string EntryVersion()
    {
        var version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return string.IsNullOrEmpty(version) ? "0.0.0" : version[..Math.Min(version.Length, 128)];
    }
}
