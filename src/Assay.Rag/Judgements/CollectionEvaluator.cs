using Assay.Rag.Fusion;
using Assay.Rag.Retrieving;
using Assay.Rag.Settings;
using Assay.Statistics.Resampling;

namespace Assay.Rag.Judgements;

/// <summary>What to evaluate on.</summary>
internal sealed record EvaluationRequest(IReadOnlyList<string> Corpus, IReadOnlyList<Query> Queries, Qrels Qrels, bool Residual, string? RunOut);

/// <summary>Indexes a judged collection with the pipeline as it is configured, ranks its documents for each query and scores the rankings.</summary>
internal sealed class CollectionEvaluator(RagPipeline pipeline, ResolvedSettings settings, RagTelemetry telemetry)
{
    /// <summary>Documents ranked for a query; as deep as trec_eval looks by default.</summary>
    private const int Depth = 1000;

    /// <summary>Draws of the randomisation test, where there are too many signs to count.</summary>
    private const int Draws = 10_000;

    /// <summary>Rounds over the queries; the best counts, because the first ones compile and busy moments are not the pipeline's.</summary>
    private const int MinTimingRounds = 3;
    private const int MaxTimingRounds = 50;
    private static readonly TimeSpan TimingBudget = TimeSpan.FromSeconds(1.5);

    private const int MaxExamples = 5;

    /// <summary>Evaluates; the index is built in <paramref name="folder"/> and stays there.</summary>
    public async Task<EvaluationReport> EvaluateAsync(EvaluationRequest request, string folder, CancellationToken cancellationToken)
    {
        var run = await pipeline.RunAsync(new RagRequest(request.Corpus, [], folder, SkipDuplicates: false, Export: false), cancellationToken);
        using var index = RagIndex.Open(folder);
        var retriever = new Retriever(index, settings, telemetry) { Live = pipeline.Live };
        var started = telemetry.Time.GetTimestamp();
        var rankings = await RankAsync(request, index, retriever, cancellationToken);
        var elapsed = telemetry.Time.GetElapsedTime(started);
        if (request.RunOut is { } path)
        {
            TrecRun.Write(path, rankings.Select(r => new RankedDocuments(r.Query.Id, r.Final)));
        }

        // Asking models again only to take the time would cost money: there the one round counts.
        var queriesPerSecond = pipeline.Live.AreAny
            ? request.Queries.Count / Math.Max(1e-9, elapsed.TotalSeconds)
            : QueriesPerSecond(request.Queries, retriever);
        return Report(request, run, rankings, queriesPerSecond);
    }

    private static async Task<List<QueryRanking>> RankAsync(EvaluationRequest request, RagIndex index, Retriever retriever, CancellationToken cancellationToken)
    {
        var rankings = new List<QueryRanking>();
        foreach (var query in request.Queries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ranking = await retriever.RankAsync(query.Text, Math.Min(index.Chunks.Count, Depth * 4), cancellationToken);
            rankings.Add(new QueryRanking(query, Documents(ranking.Order, index), Documents(ranking.FusedOrder, index)));
        }

        return rankings;
    }

    /// <summary>A document stands where its best chunk stands.</summary>
    private static List<(string Document, double Score)> Documents(IReadOnlyList<ScoredChunk> order, RagIndex index)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var documents = new List<(string, double)>();
        foreach (var hit in order)
        {
            var document = index.Chunks.DocumentId(hit.Chunk);
            if (seen.Add(document))
            {
                documents.Add((document, hit.Score));
                if (documents.Count == Depth)
                {
                    break;
                }
            }
        }

        return documents;
    }

    private EvaluationReport Report(EvaluationRequest request, RagRun run, List<QueryRanking> rankings, double queriesPerSecond)
    {
        var scored = rankings.ConvertAll(r => Score(r, request)).Where(s => s is not null).Select(s => s!.Value).ToList();
        if (scored.Count == 0)
        {
            throw AssayException.Usage("No query of the file has a relevant judgement.", "Check that the query ids in --qrels are those of --queries.");
        }

        var reranks = settings.Settings.Rerank;
        double[] differences = [.. scored.Select(s => s.Final.Ndcg10 - s.Fused.Ndcg10)];
        return new EvaluationReport
        {
            Documents = run.Read!.Documents.Count,
            Chunks = run.ChunkCount,
            BadDocuments = run.Read.BadCount,
            Queries = request.Queries.Count,
            ScoredQueries = scored.Count,
            Unknown = Unknown(request, run),
            Residual = request.Residual,
            Models = run.Manifest!.Models,
            Metrics = RankingMetrics.Mean([.. scored.Select(s => s.Final)]),
            Fused = reranks ? RankingMetrics.Mean([.. scored.Select(s => s.Fused)]) : null,
            Rerank = reranks ? RerankGain.Of(differences.Average(), PValue(differences), differences.Length) : null,
            DocumentsPerSecond = run.Read.Documents.Count / Math.Max(1e-9, run.IndexElapsed.TotalSeconds),
            QueriesPerSecond = queriesPerSecond,
        };
    }

    /// <summary>Differences that carry no test, all of them 0, are no evidence: p is 1.</summary>
    private double PValue(double[] differences) => SignFlipTest.Compare(differences, Draws, settings.Settings.Seed).AsComputed?.P?.Value ?? 1;

    private static (RankingMetrics Final, RankingMetrics Fused)? Score(QueryRanking ranking, EvaluationRequest request)
    {
        if (!request.Qrels.ByQuery.TryGetValue(ranking.Query.Id, out var grades))
        {
            return null;
        }

        var final = RankingMetrics.Of(ranking.Final.Select(d => d.Document), grades, request.Residual);
        var fused = RankingMetrics.Of(ranking.Fused.Select(d => d.Document), grades, request.Residual);
        return final is null || fused is null ? null : (final, fused);
    }

    private static UnknownIds Unknown(EvaluationRequest request, RagRun run)
    {
        var documents = run.Read!.Documents.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        var queries = request.Queries.Select(q => q.Id).ToHashSet(StringComparer.Ordinal);
        var unknownQueries = request.Qrels.ByQuery.Keys.Where(q => !queries.Contains(q)).ToList();
        var unknownDocuments = request
            .Qrels.ByQuery.Values.SelectMany(g => g.Keys)
            .Where(d => !documents.Contains(d))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new UnknownIds(
            unknownDocuments.Count,
            unknownQueries.Count,
            [.. unknownDocuments.Take(MaxExamples).Select(d => $"document '{d}'"), .. unknownQueries.Take(MaxExamples).Select(q => $"query '{q}'")]
        );
    }

    private double QueriesPerSecond(IReadOnlyList<Query> queries, Retriever retriever)
    {
        var best = double.MaxValue;
        var begun = telemetry.Time.GetTimestamp();
        for (var round = 0; round < MinTimingRounds || (round < MaxTimingRounds && telemetry.Time.GetElapsedTime(begun) < TimingBudget); round++)
        {
            var started = telemetry.Time.GetTimestamp();
            foreach (var query in queries)
            {
                retriever.Rank(query.Text, settings.Settings.TopK);
            }

            best = Math.Min(best, telemetry.Time.GetElapsedTime(started).TotalSeconds);
        }

        return queries.Count / Math.Max(1e-9, best);
    }

    private sealed record QueryRanking(Query Query, List<(string Document, double Score)> Final, List<(string Document, double Score)> Fused);
}
