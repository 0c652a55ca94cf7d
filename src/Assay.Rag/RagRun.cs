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

    public void Add(Query query, RetrievalResult result)
    {
        Results.Add((query, result));
        foreach (var stage in result.Stages)
        {
            var key = $"{stage.Stage}/{stage.Status}";
            outcomes[key] = outcomes.GetValueOrDefault(key) + 1;
        }
    }
}
