using System.Diagnostics.Metrics;
using Assay.Prices;
using Assay.Telemetry;

namespace Assay.Observability.Metrics;

/// <summary>Durations and tokens of model calls, durations of tools.</summary>
internal sealed class GenAiMetrics : IDisposable
{
    private const string ModelDuration = "assay_model_call_duration_seconds";
    private const string ModelTokens = "assay_model_tokens_total";
    private const string ToolDuration = "assay_tool_duration_seconds";

    private static readonly KeyValuePair<string, object?> Ok = new("outcome", "ok");
    private static readonly KeyValuePair<string, object?> Failed = new("outcome", "error");
    private static readonly KeyValuePair<string, object?> CacheHit = new("outcome", "cache_hit");

    private readonly Meter meter = new(GenAiSpans.Name);
    private readonly Histogram<double> modelDuration;
    private readonly Counter<long> modelTokens;
    private readonly Histogram<double> toolDuration;
    private readonly BoundedLabel models;
    private readonly BoundedLabel tools;

    public GenAiMetrics(TelemetryRegistry registry)
    {
        modelDuration = registry.CreateHistogram(meter, ModelDuration);
        modelTokens = registry.CreateCounter(meter, ModelTokens);
        toolDuration = registry.CreateHistogram(meter, ToolDuration);
        models = new BoundedLabel(registry, ModelDuration, "model");
        tools = new BoundedLabel(registry, ToolDuration, "tool");
    }

    public void ModelCall(string model, TimeSpan took, bool failed, bool cacheHit, TokenUsage? tokens)
    {
        var label = models.Of(model);
        modelDuration.Record(took.TotalSeconds, label, cacheHit ? CacheHit : Outcome(failed));
        if (tokens is { } used && !cacheHit)
        {
            Count(label, "input", used.Input);
            Count(label, "cached_input", used.CachedInput);
            Count(label, "cache_write", used.CacheWrite);
            Count(label, "output", used.Output);
            Count(label, "reasoning", used.Reasoning);
        }
    }

    public void Tool(string tool, TimeSpan took, bool failed) => toolDuration.Record(took.TotalSeconds, tools.Of(tool), Outcome(failed));

    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Outcome(bool failed) => failed ? Failed : Ok;

    private void Count(in KeyValuePair<string, object?> model, string kind, long tokens)
    {
        if (tokens > 0)
        {
            modelTokens.Add(tokens, model, new KeyValuePair<string, object?>("kind", kind));
        }
    }
}
