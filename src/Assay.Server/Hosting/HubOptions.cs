namespace Assay.Server.Hosting;

/// <summary>Where the hub listens and what it reads.</summary>
public sealed class HubOptions
{
    /// <summary>The data folder. The default is <c>.assay</c>.</summary>
    public string DataFolder { get; set; } = ".assay";

    /// <summary>The catalog: SLOs, prices, prompts and so on. The default is <c>catalog</c>; a folder that is missing is an empty catalog.</summary>
    public string CatalogFolder { get; set; } = "catalog";

    /// <summary>The address of pages and API. The default is 127.0.0.1; anything else but loopback asks for tokens everywhere.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The port of pages and API, 0 for a free one. The default is 5080.</summary>
    public int Port { get; set; } = 5080;

    /// <summary>The port of OTLP over HTTP, 0 for a free one. The default is 4318, as in every OpenTelemetry SDK.</summary>
    public int OtlpHttpPort { get; set; } = 4318;

    /// <summary>The port of OTLP over gRPC, 0 for a free one. The default is 4317, as in every OpenTelemetry SDK.</summary>
    public int OtlpGrpcPort { get; set; } = 4317;

    /// <summary>Whether TLS ends at a proxy in front of the hub; needed beyond loopback without a certificate.</summary>
    public bool BehindProxy { get; set; }

    /// <summary>
    /// Whether prompts, answers and retrieved chunks that senders put into spans and log records are stored, redacted. The default is false: they
    /// are left out and counted.
    /// </summary>
    public bool KeepContent { get; set; }
}
