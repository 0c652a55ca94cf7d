using System.Diagnostics.Metrics;
using Assay.Observability.Metrics;
using Assay.Prices;
using Assay.Server.Intake;
using Assay.Stores;
using Assay.Telemetry;

namespace Assay.Server.Costs;

/// <summary>
/// Counts what model calls used and cost as they are stored, each once, for Prometheus. Sums of any window and split are asked of the store instead.
/// </summary>
internal sealed class CostMeter : IEventObserver, IDisposable
{
    private const string MeterName = "Assay.Server";
    private const string Calls = "assay_genai_calls_total";

    private static readonly KeyValuePair<string, object?> First = new("attempt", "first");
    private static readonly KeyValuePair<string, object?> Retry = new("attempt", "retry");

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> calls;
    private readonly Counter<long> retries;
    private readonly Counter<long> tokens;
    private readonly Counter<double> cost;
    private readonly Counter<double> avoided;
    private readonly BoundedLabel models;

    public CostMeter()
    {
        var registry = TelemetryRegistry.Default;
        calls = registry.CreateCounter(meter, Calls);
        retries = registry.CreateCounter(meter, "assay_genai_retries_total");
        tokens = registry.CreateCounter(meter, "assay_genai_tokens_total");
        cost = InDollars(registry, "assay_genai_cost_usd_total");
        avoided = InDollars(registry, "assay_genai_avoided_usd_total");
        models = new BoundedLabel(registry, Calls, "model");
    }

    public void Observe(EventBatch newEvents)
    {
        foreach (var span in newEvents.Spans)
        {
            if (span.Use is { } use)
            {
                Count(use);
            }
        }
    }

    public void Dispose() => meter.Dispose();

    private static string NameOf(Pricing pricing) =>
        pricing switch
        {
            Pricing.Priced => "priced",
            Pricing.UnknownModel => "unknown_model",
            Pricing.UnknownTokens => "unknown_tokens",
            _ => "avoided",
        };

    private void Count(ModelUse use)
    {
        var model = models.Of(use.Model);
        calls.Add(1, model, new KeyValuePair<string, object?>("pricing", NameOf(use.Pricing)));
        if (use.IsRetry)
        {
            retries.Add(1, model);
        }

        switch (use.Pricing)
        {
            case Pricing.Avoided:
                // No model was called: there are no tokens and no cost of it.
                avoided.Add((double)use.Cost.Dollars, model);
                return;
            case Pricing.Priced:
                cost.Add((double)use.Cost.Dollars, model, use.IsRetry ? Retry : First);
                break;
        }

        CountTokens(model, use.Tokens);
    }

    private void CountTokens(in KeyValuePair<string, object?> model, TokenUsage used)
    {
        AddSome(model, "input", used.Input);
        AddSome(model, "cached_input", used.CachedInput);
        AddSome(model, "cache_write", used.CacheWrite);
        AddSome(model, "output", used.Output);
        AddSome(model, "reasoning", used.Reasoning);
    }

    private void AddSome(in KeyValuePair<string, object?> model, string kind, long count)
    {
        if (count > 0)
        {
            tokens.Add(count, model, new KeyValuePair<string, object?>("kind", kind));
        }
    }

    private Counter<double> InDollars(TelemetryRegistry registry, string name)
    {
        var definition = registry.Metric(name);
        return meter.CreateCounter<double>(name, definition.Unit, definition.Help);
    }
}
