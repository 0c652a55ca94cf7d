using Assay.Models.Budgets;
using Assay.Observability.Metrics;
using Assay.Prices;
using Assay.Telemetry;

namespace Assay.Models.Calls;

/// <summary>What calls to one model cost: prices, the limit, the totals, and the spans that say so.</summary>
internal sealed class Metering(ModelConnection connection, MeteringParts parts)
{
    /// <summary>A token has a byte at least, so the request's bytes bound its tokens but for those of the model's own template.</summary>
    private const int TemplateTokens = 256;

    private readonly string provider = connection.Provider;

    /// <summary>Starts the span of one attempt, or of an answer from the cache.</summary>
    public ModelCallSpan Start(CallRequest request)
    {
        var span = request.Operation switch
        {
            GenAiOperation.Chat => parts.Spans.StartChat(request.Model, provider),
            GenAiOperation.Embeddings => parts.Spans.StartEmbeddings(request.Model, provider),
            _ => parts.Spans.StartRerank(request.Model, provider),
        };
        if (request.Prompt.Length > 0)
        {
            var at = request.Prompt.LastIndexOf('@');
            span.AskedBy(at < 0 ? request.Prompt : request.Prompt[..at], at < 0 ? "" : request.Prompt[(at + 1)..]);
        }

        return span;
    }

    /// <summary>Writes what an answer says of itself on its span.</summary>
    public static void Tell(ModelCallSpan span, ReadAnswer answer)
    {
        if (answer.Tokens is { } tokens)
        {
            span.Used(tokens);
        }

        if (answer.Model.Length > 0)
        {
            span.Answered(answer.Model);
        }

        if (answer.FinishReason is { } reason)
        {
            span.Finished(reason);
        }
    }

    /// <summary>Refuses to begin when a limit is set that cannot hold, because nobody knows what the model costs.</summary>
    /// <exception cref="AssayException">The price is unknown (exit code 2).</exception>
    public void DemandPrice(GenAiOperation operation)
    {
        if (parts.Spending is not null && !connection.AllowUnknownPrice && MostOf(connection.Model, 1, operation == GenAiOperation.Chat ? 1 : 0) is null)
        {
            throw AssayException.Usage(
                $"No price file names '{connection.Model}' for {parts.Time.GetUtcNow():yyyy-MM-dd}, so the spending limit of ${parts.Spending.Limit} cannot be kept.",
                "Add its price to a file in catalog/prices (docs/reference/en/costs.md; 0 for a model of your own), or count its calls as 0 with --allow-unknown-price."
            );
        }
    }

    /// <summary>Takes the most that an attempt can cost out of the limit; waits while calls in flight hold what it needs.</summary>
    /// <exception cref="ModelCallException">It does not fit, or its price is unknown (<see cref="ModelFault.OverBudget"/>).</exception>
    public async ValueTask<SpendingShare?> ReserveAsync(CallRequest request, CancellationToken cancellationToken)
    {
        if (parts.Spending is not { } limit)
        {
            return null;
        }

        var most = MostOf(request.Model, request.Body.Length + TemplateTokens, request.MaxOutputTokens ?? connection.AssumedOutputTokens);
        if (most is null && !connection.AllowUnknownPrice)
        {
            throw new ModelCallException(
                ModelFault.OverBudget,
                $"The price of '{request.Model}' is unknown, so the spending limit cannot be kept. Add it to catalog/prices, or count its calls as 0 with --allow-unknown-price."
            );
        }

        return most is { } known ? await limit.ReserveAsync(known, cancellationToken) : null;
    }

    /// <summary>Adds an answer, or an attempt that may have been billed without one, to the totals, and tells what it cost; null when that is unknown.</summary>
    public Money? Count(CallRequest request, ReadAnswer? answer, bool isRetry, bool fromCache)
    {
        var nanos = (parts.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var use = parts.Prices.Price(new ModelCall(request.NameOf(answer), provider, answer?.Tokens, isRetry, fromCache, nanos));
        parts.Meter.Add(use);
        return use.Pricing is Pricing.Priced or Pricing.Avoided ? use.Cost : null;
    }

    private Money? MostOf(string model, int inputTokens, int outputTokens) =>
        parts.Prices.Find(model, provider, parts.Time.GetUtcNow())?.CostOf(new TokenUsage(inputTokens, 0, 0, outputTokens, 0));
}

/// <summary>What all connections of a process share for metering.</summary>
internal sealed record MeteringParts(GenAiSpans Spans, PriceTable Prices, SpendingLimit? Spending, ModelMeter Meter, TimeProvider Time);
