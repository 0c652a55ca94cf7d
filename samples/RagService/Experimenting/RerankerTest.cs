using Assay.Experimentation.Exposures;
using Assay.Flags;
using Assay.Models.Offline;
using Assay.Prices;
using Assay.Rag.Settings;

namespace RagService.Experimenting;

/// <summary>
/// The experiment on the reranker: a unit in <c>control</c> gets passages in the order of the fused scores, one in <c>treatment</c> in the order of the
/// reranker, and who takes no part gets what flags and settings say. What each unit met is measured: time, quality, cost, failures, stars.
/// </summary>
internal sealed class RerankerTest(IFlagReader flags, IExperiments experiments, PriceTable prices, TimeProvider time)
{
    /// <summary>The experiment of <c>catalog/experiments/reranker_model_test.yaml</c>.</summary>
    public const string Name = "reranker_model_test";

    private const string Source = "experiment:" + Name;

    /// <summary>The stages for a unit, and whether it takes part. A reranker that a flag has switched off stays off, and nobody takes part.</summary>
    public TestedStages StagesFor(in Unit unit)
    {
        var toggles = RagToggles.Of(flags, unit);
        if (toggles is { Rerank.IsOn: false })
        {
            return new TestedStages(toggles, TakesPart: false);
        }

        return experiments.Assign(Name, unit) switch
        {
            "control" => new TestedStages(toggles with { Rerank = new RagToggle(IsOn: false, Source) }, TakesPart: true),
            "treatment" => new TestedStages(toggles with { Rerank = new RagToggle(IsOn: true, Source) }, TakesPart: true),
            _ => new TestedStages(toggles, TakesPart: false),
        };
    }

    /// <summary>A question was answered.</summary>
    /// <param name="unit">Who asked.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="relevance">The share of the question's words in the quoted sentences.</param>
    /// <param name="tokens">Words that the answerer read and wrote; they stand for tokens.</param>
    /// <param name="cached">Whether the answer was there already, and cost nothing.</param>
    public void Answered(in Unit unit, TimeSpan took, double relevance, TokenUsage tokens, bool cached)
    {
        experiments.Record(Name, unit, "latency_ms", took.TotalMilliseconds);
        experiments.Record(Name, unit, "relevance", relevance);
        experiments.Record(Name, unit, "failed", 0);
        var call = new ModelCall(ExtractiveAnswerer.Name, "", tokens, IsRetry: false, IsCacheHit: false, time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000);
        if (prices.Price(call) is { Pricing: Pricing.Priced } use)
        {
            experiments.Record(Name, unit, "cost_usd", cached ? 0 : (double)use.Cost.Dollars);
        }
    }

    /// <summary>A question failed.</summary>
    public void Failed(in Unit unit) => experiments.Record(Name, unit, "failed", 1);

    /// <summary>An answer was rated, often long after it was given; a rating of somebody who takes no part says nothing about the arms.</summary>
    public void Rated(in Unit unit, int stars)
    {
        if (experiments.Peek(Name, unit) is not null)
        {
            experiments.Record(Name, unit, "stars", stars);
        }
    }
}

/// <summary>What a unit meets.</summary>
/// <param name="Stages">Stages that are switched on or off.</param>
/// <param name="TakesPart">Whether what it meets is measured for the experiment.</param>
internal sealed record TestedStages(RagToggles Stages, bool TakesPart);
