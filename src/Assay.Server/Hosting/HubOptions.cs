namespace Assay.Server.Hosting;

/// <summary>Where the hub listens and what it reads.</summary>
public sealed class HubOptions
{
    /// <summary>The data folder. The default is <c>.assay</c>.</summary>
    public string DataFolder { get; set; } = ".assay";

    /// <summary>The catalog: SLOs, prices, prompts and so on. The default is <c>catalog</c>; a folder that is missing is an empty catalog.</summary>
    public string CatalogFolder { get; set; } = "catalog";

    /// <summary>The IP address to listen on, or <c>localhost</c>. The default is 127.0.0.1; anything else but loopback asks for tokens everywhere.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The port of pages and API, 0 for a free one. The default is 5080.</summary>
    public int Port { get; set; } = 5080;

    /// <summary>The port of OTLP over HTTP, 0 for a free one. The default is 4318, as in every OpenTelemetry SDK.</summary>
    public int OtlpHttpPort { get; set; } = 4318;

    /// <summary>The port of OTLP over gRPC, 0 for a free one. The default is 4317, as in every OpenTelemetry SDK.</summary>
    public int OtlpGrpcPort { get; set; } = 4317;

    /// <summary>Whether a proxy in front of the hub speaks TLS for it; needed beyond loopback without a certificate. Asks for tokens everywhere. The default is false.</summary>
    public bool BehindProxy { get; set; }

    /// <summary>Names under which the hub may be reached beside its address, 127.0.0.1, localhost and [::1]: without a port, at most 64. The default is none.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>A PEM file with the certificate and its chain; all three ports then speak TLS. The default is null: no TLS.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>A PEM file with the key of the certificate. The default is null: the key is in <see cref="CertificateFile"/>.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>Telemetry older than this is deleted, in days, 1 to 3650. The default is 30.</summary>
    public double KeepDays { get; set; } = 30;

    /// <summary>When the store takes more, the oldest telemetry is deleted, in GiB, 0.1 to 100,000. The default is 10.</summary>
    public double KeepGib { get; set; } = 10;

    /// <summary>Environment variables from which the hub's own logs and metrics are set. The default is none.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether connections from other machines may arrive: tokens are then needed everywhere.</summary>
    internal bool IsExposed => BehindProxy || !HubEndpoints.IsLoopback(Host);

    /// <summary>Whether browsers see the hub over TLS.</summary>
    internal bool IsSecure => BehindProxy || CertificateFile is not null;

    /// <summary>
    /// Whether prompts, answers and retrieved chunks that senders put into spans and log records are stored, redacted. The default is false: they
    /// are left out and counted.
    /// </summary>
    public bool KeepContent { get; set; }

    /// <summary>Remote evaluations of flags that one caller may ask for in a minute; services with more traffic evaluate in process. Smaller in tests.</summary>
    internal int EvaluationsPerMinute { get; set; } = 60_000;

    /// <summary>Event streams at a time, half of the connections. Smaller in tests.</summary>
    internal int MostEventStreams { get; set; } = 2_000;
}
