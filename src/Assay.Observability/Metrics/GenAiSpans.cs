using System.Diagnostics;
using Assay.Telemetry;

namespace Assay.Observability.Metrics;

/// <summary>
/// Spans and metrics of model calls and tools, after OpenTelemetry's conventions for generative AI: <c>chat MODEL</c>, <c>embeddings MODEL</c>,
/// <c>execute_tool NAME</c>. Texts of prompts and answers are never recorded. Needs neither a hub nor ASP.NET. Safe for several threads; make one for a process.
/// </summary>
public sealed class GenAiSpans : IDisposable
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Assay.GenAi";

    private readonly ActivitySource source = new(Name);
    private readonly GenAiMetrics metrics;
    private readonly TimeProvider time;

    /// <summary>Creates the instruments that the registry defines.</summary>
    /// <param name="registry">Names and bounds; those that ship with Assay when null.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public GenAiSpans(TelemetryRegistry? registry = null, TimeProvider? time = null)
    {
        metrics = new GenAiMetrics(registry ?? TelemetryRegistry.Default);
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>Starts a call to a model that writes text.</summary>
    /// <param name="model">The model that is asked for.</param>
    /// <param name="provider">Who runs it: <c>openai</c>, <c>anthropic</c>, <c>offline</c> for models inside the process.</param>
    public ModelCallSpan StartChat(string model, string provider) => Start("chat", model, provider, Kind(provider));

    /// <summary>Starts a call to a model that makes vectors.</summary>
    /// <inheritdoc cref="StartChat"/>
    public ModelCallSpan StartEmbeddings(string model, string provider) => Start("embeddings", model, provider, Kind(provider));

    /// <summary>Starts a call to a model that orders passages by a question.</summary>
    /// <inheritdoc cref="StartChat"/>
    public ModelCallSpan StartRerank(string model, string provider) => Start("rerank", model, provider, Kind(provider));

    /// <summary>Starts a tool.</summary>
    /// <param name="tool">Its name; few, such as <c>pii_filter</c>.</param>
    public ToolSpan StartTool(string tool)
    {
        var span = source.StartActivity($"execute_tool {tool}");
        span?.SetTag(GenAiAttributes.Operation, "execute_tool");
        span?.SetTag(GenAiAttributes.ToolName, tool);
        return new ToolSpan(span, tool, metrics, time);
    }

    /// <summary>Runs a tool; what it throws fails the span and is thrown on.</summary>
    public T Tool<T>(string tool, Func<T> work)
    {
        using var span = StartTool(tool);
        try
        {
            return work();
        }
        catch (Exception e)
        {
            span.Fail(e);
            throw;
        }
    }

    /// <inheritdoc cref="Tool{T}(string, Func{T})"/>
    public async Task<T> ToolAsync<T>(string tool, Func<Task<T>> work)
    {
        using var span = StartTool(tool);
        try
        {
            return await work();
        }
        catch (Exception e)
        {
            span.Fail(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        metrics.Dispose();
    }

    // What runs inside the process is no call over a wire.
    private static ActivityKind Kind(string provider) => provider == "offline" ? ActivityKind.Internal : ActivityKind.Client;

    private ModelCallSpan Start(string operation, string model, string provider, ActivityKind kind)
    {
        var span = source.StartActivity($"{operation} {model}", kind);
        span?.SetTag(GenAiAttributes.Operation, operation);
        span?.SetTag(GenAiAttributes.Provider, provider);
        span?.SetTag(GenAiAttributes.RequestModel, model);
        return new ModelCallSpan(span, model, metrics, time);
    }
}
