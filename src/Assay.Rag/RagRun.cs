using Assay.Rag.Exporting;
using Assay.Rag.Indexing;
using Assay.Rag.Judgements;
using Assay.Rag.Retrieving;
using Assay.Rag.Settings;
using Assay.Rag.Storage;

namespace Assay.Rag;

/// <summary>What a run did, filled in stage by stage. A stage that was switched off stays null.</summary>
internal sealed class RagRun(RagRequest request, ResolvedSettings settings, DateTimeOffset startedAt)
{
    private readonly Dictionary<string, int> outcomes = [];
    private readonly Dictionary<(string Stage, string Reason), int> fallbacks = [];

    public RagRequest Request { get; } = request;

    public ResolvedSettings Settings { get; } = settings;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public string? TraceId { get; init; }

    public TimeSpan Elapsed { get; set; }

    public TimeSpan IndexElapsed { get; set; }

    public TimeSpan SearchElapsed { get; set; }

    public ReadCorpus? Read { get; set; }

    public int ChunkCount { get; set; }

    public string IndexFolder { get; set; } = "";

    public IndexManifest? Manifest { get; set; }

    public DenseReport? Dense { get; set; }

    public SparseReport? Sparse { get; set; }

    public RerankReport? Rerank { get; set; }

    public IReadOnlyList<ExportedFile> Exported { get; set; } = [];

    public double ExportLatencyMs { get; set; }

    public List<(Query Query, RetrievalResult Result)> Results { get; } = [];

    /// <summary>How often a stage ended so over all queries, by <c>stage/status</c>.</summary>
    public int Outcomes(string stage, string status) => outcomes.GetValueOrDefault($"{stage}/{status}");

    /// <summary>Why a stage fell back most often; null when it never did.</summary>
    public string? ReasonOf(string stage) =>
        fallbacks.Where(f => f.Key.Stage == stage).OrderByDescending(f => f.Value).ThenBy(f => f.Key.Reason).Select(f => f.Key.Reason).FirstOrDefault();

    public void Add(Query query, RetrievalResult result)
    {
        Results.Add((query, result));
        foreach (var stage in result.Stages)
        {
            var key = $"{stage.Stage}/{stage.Status}";
            outcomes[key] = outcomes.GetValueOrDefault(key) + 1;
            if (stage is { Status: StageOutcome.Fallback, Reason: { } reason })
            {
                fallbacks[(stage.Stage, reason)] = fallbacks.GetValueOrDefault((stage.Stage, reason)) + 1;
            }
        }
    }
}
