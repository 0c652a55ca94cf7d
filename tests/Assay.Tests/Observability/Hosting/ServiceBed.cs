using System.Text.Json;
using Assay.Observability;
using Assay.Observability.Correlations;
using Assay.Observability.Hosting;
using Assay.Observability.Prometheus;
using Assay.Observability.Tracing;
using Assay.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Observability.Hosting;

/// <summary>A service that is observed, on a free port; requests go over real HTTP.</summary>
internal sealed class ServiceBed : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly WebApplication app;
    private bool stopped;

    private ServiceBed(WebApplication app, TempFolder folder, InMemoryTraceExporter spans)
    {
        this.app = app;
        this.folder = folder;
        Exporter = spans;
        Client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    /// <summary>A client that is no part of the trace.</summary>
    public HttpClient Client { get; }

    public InMemoryTraceExporter Exporter { get; }

    public ObservabilityMeter Meter => app.Services.GetRequiredService<ObservabilitySetup>().Meter;

    public IServiceProvider Services => app.Services;

    public static async Task<ServiceBed> StartAsync(
        Action<WebApplication>? map = null,
        Action<ObservabilityOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null
    )
    {
        var folder = new TempFolder();
        var drops = new ObservabilityMeter(TelemetryRegistry.Default);
        var spans = new InMemoryTraceExporter(drops);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddAssayObservability(
            options =>
            {
                options.OtlpEndpoint = null;
                options.TraceFilePath = "";
                options.LogFilePath = folder.File("app.log");
                configure?.Invoke(options);
            },
            new ObservabilityHooks { TraceExporters = _ => [spans] }
        );
        build?.Invoke(builder);
        var app = builder.Build();
        Map(app);
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        drops.Dispose();
        return new ServiceBed(app, folder, spans);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? correlation = null, string? parent = null, string? baggage = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        Add(request, Correlation.Header, correlation);
        Add(request, "traceparent", parent);
        Add(request, "baggage", baggage);
        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The span of the name once it is there: it ends after its answer has been sent.</summary>
    public async Task<SpanSnapshot> SpanAsync(string name)
    {
        await UntilAsync(() => Exporter.Spans.Any(s => s.Name == name), $"No span {name} in {string.Join(", ", Exporter.Spans.Select(s => s.Name))}");
        return Exporter.Spans.Last(s => s.Name == name);
    }

    public PrometheusPage Page() => PrometheusText.Parse(app.Services.GetRequiredService<ObservabilitySetup>().MetricsPage!.Scrape());

    /// <summary>Stops the service and reads its log.</summary>
    public async Task<List<JsonElement>> StopAndReadLogAsync()
    {
        await StopAsync();
        return [.. File.ReadAllLines(folder.File("app.log")).Select(l => JsonDocument.Parse(l).RootElement)];
    }

    public async Task StopAsync()
    {
        if (!stopped)
        {
            stopped = true;
            await app.StopAsync(TestContext.Current.CancellationToken);
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        folder.Dispose();
    }

    public static async Task UntilAsync(Func<bool> condition, string otherwise)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience.Longest;
        while (!condition())
        {
            (TimeProvider.System.GetUtcNow() < deadline).ShouldBeTrue(otherwise);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/orders/{id}", (string id) => $"order {id}");
        app.MapGet("broken", () => Results.StatusCode(503));
        app.MapGet("/throws", string () => throw new InvalidOperationException("mail ann@example.org about it"));
        app.MapGet("/healthz", () => "ok");
        app.MapGet("/echo", (HttpContext context) => string.Join('\n', context.Request.Headers.Select(h => $"{h.Key.ToLowerInvariant()}: {h.Value}")));
    }

    private static void Add(HttpRequestMessage request, string header, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }
    }
}
