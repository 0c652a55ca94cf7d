using Assay.Models.Calls;
using Assay.Models.Offline;
using Assay.Observability.Metrics;
using Assay.Prices;
using Assay.Rag.Dense;
using Assay.Rag.Fusion;
using Assay.Rag.Live;
using Assay.Rag.Reranking;
using Assay.Rag.Settings;
using Assay.Rag.Sparse;
using Assay.Rag.Terms;

namespace Assay.Rag.Retrieving;

/// <summary>
/// Answers queries from an index: dense → sparse → fuse → rerank. Keeps its buffers between queries; one thread at a time.
/// </summary>
internal sealed class Retriever(RagIndex index, ResolvedSettings resolved, RagTelemetry telemetry, GenAiSpans? models = null)
{
    /// <summary>Candidates that the reranker orders again.</summary>
    public const int RerankDepth = 100;

    private const string NoKnownTerms = "no_known_terms";
    private const string NoCandidates = "no_candidates";

    private readonly RagSettings settings = resolved.Settings;
    private readonly string fusionMethod = resolved.Of("fusion").Value;
    private readonly FeatureReranker reranker = new(index.Forward, index.Neighbours, index.Lexicon);
    private readonly int[] accumulators = new int[index.Chunks.Count];
    private readonly float[] queryVector = new float[index.Dense?.Dimensions ?? 0];

    /// <summary>Models over the network; the default is none. Vectors of the index and of queries must be of one model.</summary>
    /// <exception cref="AssayException">They are not (exit code 2).</exception>
    public LiveModels Live
    {
        get;
        init
        {
            field = value;
            DenseModelCheck.Demand(index.Manifest, settings, value);
        }
    } = LiveModels.None;

    /// <summary>The first <see cref="RagSettings.TopK"/> passages with all their scores, where no model is asked over the network.</summary>
    public RetrievalResult Retrieve(string query) => Now(RetrieveAsync(query, CancellationToken.None));

    /// <summary>The order of the first <paramref name="depth"/> chunks, where no model is asked over the network.</summary>
    public Ranking Rank(string query, int depth) => Now(RankAsync(query, depth, CancellationToken.None));

    /// <summary>The first <see cref="RagSettings.TopK"/> passages with all their scores.</summary>
    /// <exception cref="ModelCallException">A model refuses the key, or a budget is spent; other faults are a stage that fell back.</exception>
    public async ValueTask<RetrievalResult> RetrieveAsync(string query, CancellationToken cancellationToken)
    {
        var ranking = await RankAsync(query, settings.TopK, cancellationToken);
        var passages = ranking.Order.Select((hit, i) => Passage(hit, i, ranking)).ToList();
        return new RetrievalResult(query, passages, ranking.Stages);
    }

    /// <summary>The order of the first <paramref name="depth"/> chunks.</summary>
    /// <exception cref="ModelCallException">See <see cref="RetrieveAsync"/>.</exception>
    public async ValueTask<Ranking> RankAsync(string query, int depth, CancellationToken cancellationToken)
    {
        using var span = telemetry.Source.StartQuery(settings.TopK);
        var started = telemetry.Time.GetTimestamp();
        var terms = QueryTerms.Parse(query, index.Lexicon);
        var stages = new List<StageOutcome>(4);
        var call = new QueryCall(query, terms, () => Live.QueryBudget - telemetry.Time.GetElapsedTime(started), cancellationToken);
        var dense = await DenseAsync(call, stages);
        var sparse = Sparse(terms, stages);
        var (fused, order) = Fuse(sparse, dense, Math.Max(depth, RerankDepth), stages);
        var reranked = await RerankAsync(call, order, fused, stages);
        var final = reranked is null ? order : [.. reranked, .. order.Skip(reranked.Count)];
        var result = new Ranking([.. final.Take(depth)], order, sparse, dense, fused, reranked?.Count ?? 0, stages);
        span.Set("result_count", result.Order.Count);
        span.Set("latency_ms", telemetry.Time.GetElapsedTime(started).TotalMilliseconds);
        return result;
    }

    // Without a model over the network nothing is awaited: the task is complete.
    private static T Now<T>(ValueTask<T> task) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("A model over the network is asked: await the answer.");

    private async ValueTask<float[]?> DenseAsync(QueryCall call, List<StageOutcome> stages)
    {
        if (SkipReason(RagStage.Dense, settings.Dense, index.Dense is not null) is { } reason)
        {
            stages.Add(new StageOutcome("dense", StageOutcome.Skipped, reason, LatencyMs: null, Model: null));
            return null;
        }

        var model = Live.Embeddings?.Model ?? LsaModel.Name;
        using var stage = Begin(RagStage.Dense, model);
        if (await EmbedAsync(call) is { } fault)
        {
            return FellBack(stage, stages, RagStage.Dense, fault, model);
        }

        var scores = new float[index.Chunks.Count];
        index.Dense!.Score(queryVector, scores);
        Applied(stage, stages, RagStage.Dense, model, scores.Length);
        return scores;
    }

    /// <summary>Makes the query's vector; why there is none, or null.</summary>
    private async ValueTask<string?> EmbedAsync(QueryCall call)
    {
        if (Live.Embeddings is not { } live)
        {
            return TryEmbed(index.Dense!, call.Terms) ? null : NoKnownTerms;
        }

        try
        {
            await live.EmbedAsync(call.Text, queryVector, call.Left(), call.CancellationToken);
            return null;
        }
        catch (ModelCallException e) when (LiveFallback.Allows(e))
        {
            telemetry.Log(RagStage.Dense).ModelFailed(e.Message);
            return LiveFallback.ReasonOf(e.Fault);
        }
    }

    private bool TryEmbed(DenseIndex dense, QueryTerms terms)
    {
        using var call = models?.StartEmbeddings(LsaModel.Name, "offline");
        call?.Used(new TokenUsage(terms.Words, 0, 0, 0, 0));
        return dense.TryEmbed(terms, queryVector);
    }

    private float[]? Sparse(QueryTerms terms, List<StageOutcome> stages)
    {
        if (SkipReason(RagStage.Sparse, settings.Sparse, index.Sparse is not null) is { } reason)
        {
            stages.Add(new StageOutcome("sparse", StageOutcome.Skipped, reason, LatencyMs: null, Model: null));
            return null;
        }

        using var stage = Begin(RagStage.Sparse, SparseIndex.Model);
        stage.Span.Set("coverage_ratio", terms.Coverage);
        if (terms.Terms.Length == 0)
        {
            return FellBack(stage, stages, RagStage.Sparse, NoKnownTerms, SparseIndex.Model);
        }

        var scores = new float[index.Chunks.Count];
        var unit = (float)index.Sparse!.Accumulate(SparseQuery.Weigh(terms, index.Sparse), accumulators);
        var hits = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            hits += accumulators[i] > 0 ? 1 : 0;
            scores[i] = accumulators[i] * unit;
        }

        Array.Clear(accumulators);
        Applied(stage, stages, RagStage.Sparse, SparseIndex.Model, hits);
        return scores;
    }

    private (float[]? Fused, List<ScoredChunk> Order) Fuse(float[]? sparse, float[]? dense, int depth, List<StageOutcome> stages)
    {
        using var stage = telemetry.Begin(RagStage.Fuse);
        stage.Span.Set("fusion_method", fusionMethod);
        if (sparse is null && dense is null)
        {
            stages.Add(new StageOutcome("fuse", StageOutcome.Skipped, "no stage before it had scores", LatencyMs: null, Model: null));
            return (null, []);
        }

        var fused = ScoreFusion.Fuse(sparse, dense, settings.Fusion);
        var order = TopK.Take(fused, Math.Min(depth, fused.Length));
        stage.Span.Set("candidate_count", order.Count);
        stages.Add(new StageOutcome("fuse", StageOutcome.Applied, Reason: null, stage.ElapsedSeconds * 1000, fusionMethod));
        return (fused, order);
    }

    private async ValueTask<List<ScoredChunk>?> RerankAsync(QueryCall call, List<ScoredChunk> order, float[]? fused, List<StageOutcome> stages)
    {
        if (SkipReason(RagStage.Rerank, settings.Rerank, built: true) is { } reason)
        {
            stages.Add(new StageOutcome("rerank", StageOutcome.Skipped, reason, LatencyMs: null, Model: null));
            return null;
        }

        var model = Live.Reranker?.Model ?? FeatureReranker.Name;
        using var stage = Begin(RagStage.Rerank, model);
        if (fused is null || order.Count == 0)
        {
            FellBack(stage, stages, RagStage.Rerank, NoCandidates, model);
            return null;
        }

        List<ScoredChunk> candidates = [.. order.Take(RerankDepth)];
        try
        {
            var reranked = Live.Reranker is { } live
                ? await LiveReranking.RerankAsync(live, call, candidates, index.Chunks)
                : reranker.Rerank(new RerankRequest(call.Terms, candidates, fused));
            telemetry.RerankScoreVariance.Record(Variance(reranked));
            Applied(stage, stages, RagStage.Rerank, model, reranked.Count);
            return reranked;
        }
        catch (ModelCallException e) when (LiveFallback.Allows(e))
        {
            telemetry.Log(RagStage.Rerank).ModelFailed(e.Message);
            FellBack(stage, stages, RagStage.Rerank, LiveFallback.ReasonOf(e.Fault), model);
            return null;
        }
    }

    /// <summary>Why a stage does not run; null when it does. An index without the leg is no fault when someone switched the leg off.</summary>
    private string? SkipReason(RagStage stage, bool enabled, bool built)
    {
        if (!enabled)
        {
            return $"disabled via {resolved.Of(RagNames.Word(stage)).Source}";
        }

        return built ? null : $"the index has no {RagNames.Word(stage)} part: it was built without it";
    }

    private StageExecution Begin(RagStage stage, string model)
    {
        var execution = telemetry.Begin(stage);
        execution.Span.Set("batch_size", 1);
        execution.Span.Set("models_executed", model);
        return execution;
    }

    private static void Applied(StageExecution stage, List<StageOutcome> stages, RagStage which, string model, int candidates)
    {
        stage.Span.Set("candidate_count", candidates);
        stage.Span.Set("fallback_used", value: false);
        stages.Add(new StageOutcome(RagNames.Word(which), StageOutcome.Applied, Reason: null, stage.ElapsedSeconds * 1000, model));
    }

    private static float[]? FellBack(StageExecution stage, List<StageOutcome> stages, RagStage which, string reason, string model)
    {
        stage.Span.Set("candidate_count", 0);
        stage.FellBack(reason);
        stages.Add(new StageOutcome(RagNames.Word(which), StageOutcome.Fallback, reason, stage.ElapsedSeconds * 1000, model));
        return null;
    }

    private static double Variance(List<ScoredChunk> scores)
    {
        var mean = scores.Average(s => s.Score);
        return scores.Average(s => (s.Score - mean) * (s.Score - mean));
    }

    private RetrievedPassage Passage(ScoredChunk hit, int position, Ranking ranking) =>
        new(
            position + 1,
            index.Chunks.Read(hit.Chunk),
            hit.Score,
            ranking.Sparse?[hit.Chunk],
            ranking.Dense?[hit.Chunk],
            ranking.Fused?[hit.Chunk],
            position < ranking.Reranked ? hit.Score : null
        );
}
