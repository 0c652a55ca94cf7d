using System.Text;
using System.Text.Json;
using Assay.Observability;
using Assay.Observability.Logging;
using Assay.Telemetry;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Observability.Logging;

/// <summary>A JSON logger that writes into memory.</summary>
internal sealed class LogBed : IDisposable
{
    private readonly MemoryStream stream = new();
    private readonly JsonLoggerProvider provider;
    private readonly ILoggerFactory factory;

    public LogBed(ObservabilityOptions? options = null)
    {
        provider = new JsonLoggerProvider(options ?? new ObservabilityOptions { LogFilePath = "" }, Meter, stream);
        factory = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(provider));
        Logger = Create("Assay.Rag.Dense");
    }

    public ObservabilityMeter Meter { get; } = new(TelemetryRegistry.Default);

    public ILogger Logger { get; }

    public ILoggerFactory Factory => factory;

    public ILogger Create(string category) => factory.CreateLogger(category);

    public IReadOnlyList<string> Lines()
    {
        provider.Flush();
        return Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public JsonElement Single() => JsonDocument.Parse(Lines().ShouldHaveSingleItem()).RootElement;

    public void Flush() => provider.Flush();

    public void Dispose()
    {
        factory.Dispose();
        provider.Dispose();
        Meter.Dispose();
        stream.Dispose();
    }
}
