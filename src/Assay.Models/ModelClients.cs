using System.Collections.Concurrent;
using System.Net;
using Assay.Models.Budgets;
using Assay.Models.Calls;
using Assay.Models.Chat;
using Assay.Models.Embeddings;
using Assay.Models.Reranking;
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

    private readonly ConcurrentDictionary<Uri, EndpointLife> lives = new();

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
                ConnectTimeout = settings.ConnectTimeout,
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

    /// <summary>A client for vectors.</summary>
    /// <param name="connection">Where; an address that ends in <c>/embed</c> or <c>/embeddings</c> is asked as it is.</param>
    /// <param name="shape">How it is asked; null takes text-embeddings-inference for an address that ends in <c>/embed</c>, else OpenAI.</param>
    /// <param name="batches">How many texts go into one request.</param>
    /// <exception cref="AssayException">A spending limit is set and the model's price is unknown (exit code 2).</exception>
    public IEmbeddingGenerator<string, Embedding<float>> Embeddings(ModelConnection connection, EmbeddingShape? shape = null, BatchLimits? batches = null)
    {
        var asked = shape ?? (EndsIn(connection, "/embed") ? EmbeddingShape.Tei : EmbeddingShape.OpenAi);
        var caller = Caller(connection, EmbeddingClient.PathOf(asked), GenAiOperation.Embeddings);
        return new EmbeddingClient(connection, caller, asked, batches ?? new BatchLimits(), settings.Time);
    }

    /// <summary>A client for sparse vectors of text-embeddings-inference.</summary>
    /// <inheritdoc cref="Embeddings"/>
    public SparseEmbeddingClient SparseEmbeddings(ModelConnection connection, BatchLimits? batches = null) =>
        new(connection, Caller(connection, SparseEmbeddingClient.Path, GenAiOperation.Embeddings), batches ?? new BatchLimits());

    /// <summary>A client for a reranker.</summary>
    /// <param name="connection">Where; an address that ends in <c>/rerank</c> is asked as it is.</param>
    /// <param name="shape">How it is asked; null takes Cohere's and Jina's shape for an address with <c>/v1</c> or <c>/v2</c>, else that of text-embeddings-inference.</param>
    /// <param name="batches">How many passages go into one request.</param>
    /// <exception cref="AssayException">A spending limit is set and the model's price is unknown (exit code 2).</exception>
    public IReranker Reranker(ModelConnection connection, RerankShape? shape = null, BatchLimits? batches = null)
    {
        var isVersioned = EndsIn(connection, "/v1") || EndsIn(connection, "/v2") || EndsIn(connection, "/v1/rerank") || EndsIn(connection, "/v2/rerank");
        var asked = shape ?? (isVersioned ? RerankShape.CohereJina : RerankShape.Tei);
        var caller = Caller(connection, RerankClient.Path, GenAiOperation.Rerank);
        return new RerankClient(connection, caller, asked, batches ?? new BatchLimits(), settings.Time);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        if (settings.Spans is null)
        {
            spans.Dispose();
        }
    }

    private static bool EndsIn(ModelConnection connection, string path) =>
        connection.Address.AbsolutePath.TrimEnd('/').EndsWith(path, StringComparison.Ordinal);

    private ModelCaller Caller(ModelConnection connection, string path, GenAiOperation operation)
    {
        var metering = new Metering(connection, new MeteringParts(spans, settings.Prices, settings.Spending, meter, settings.Time));
        metering.DemandPrice(operation);
        var endpoint = new ModelEndpoint(http, connection.At(path), connection.ApiKey, connection.Limits.MaxBodyBytes, settings.Time);
        var guard = guards.GetOrAdd(endpoint.Address, _ => new(() => CallPipelines.Guard(connection.Limits, settings.Time)));
        var life = settings.EndsWhenDead ? lives.GetOrAdd(endpoint.Address, _ => new(connection.Limits.TotalBudget, settings.Time)) : null;
        var strategies = new CallStrategies(connection.Limits, guard, settings.Seed, settings.Time) { Life = life };
        return new ModelCaller(new LiveCaller(endpoint, strategies, metering, settings.OnThrottled), metering, settings.Cache);
    }
}
