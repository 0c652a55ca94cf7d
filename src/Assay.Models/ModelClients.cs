using System.Collections.Concurrent;
using System.Net;
using Assay.Models.Budgets;
using Assay.Models.Calls;
using Assay.Models.Chat;
using Assay.Observability.Metrics;
using Assay.Prices;
using Assay.Telemetry;
using Microsoft.Extensions.AI;
using Polly;

namespace Assay.Models;

/// <summary>Makes clients that share connections, cache, prices, spending limit and circuit breakers. Make one for a process; safe for several threads.</summary>
public sealed class ModelClients : IDisposable
{
    private readonly ModelSettings settings;
    private readonly HttpMessageInvoker http;
    private readonly GenAiSpans spans;
    private readonly ModelMeter meter = new();

    // One for each endpoint that a client was made for.
    private readonly ConcurrentDictionary<Uri, Lazy<ResiliencePipeline<Attempt>>> guards = new();

    /// <summary>Opens no connection yet.</summary>
    public ModelClients(ModelSettings settings)
    {
        this.settings = settings;
        spans = settings.Spans ?? new GenAiSpans(time: settings.Time);
        http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AutomaticDecompression = DecompressionMethods.All,
                MaxConnectionsPerServer = settings.MaxConnections,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                // A redirect could carry a key to another host, a cookie one caller's state to another.
                AllowAutoRedirect = false,
                UseCookies = false,
            }
        );
    }

    /// <summary>What all calls used and cost so far.</summary>
    public ModelUseTotals Used => meter.Totals;

    /// <summary>A client for chat completions.</summary>
    /// <exception cref="AssayException">A spending limit is set and the model's price is unknown (exit code 2).</exception>
    public IChatClient Chat(ModelConnection connection) => new OpenAiChatClient(connection, Caller(connection, OpenAiChatClient.Path, GenAiOperation.Chat));

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        if (settings.Spans is null)
        {
            spans.Dispose();
        }
    }

    private ModelCaller Caller(ModelConnection connection, string path, GenAiOperation operation)
    {
        var metering = new Metering(connection, new MeteringParts(spans, settings.Prices, settings.Spending, meter, settings.Time));
        metering.DemandPrice(operation);
        var endpoint = new ModelEndpoint(http, connection.At(path), connection.ApiKey, connection.Limits.MaxBodyBytes, settings.Time);
        var guard = guards.GetOrAdd(endpoint.Address, _ => new(() => CallPipelines.Guard(connection.Limits, settings.Time)));
        var strategies = new CallStrategies(connection.Limits, guard, settings.Seed, settings.Time);
        return new ModelCaller(new LiveCaller(endpoint, strategies, metering, settings.OnThrottled), metering, settings.Cache);
    }
}
