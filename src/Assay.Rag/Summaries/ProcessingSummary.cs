using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Files;
using Assay.Rag.Gpu;
using Assay.Rag.Reading;
using Assay.Rag.Settings;

namespace Assay.Rag.Summaries;

/// <summary>
/// <c>processing_summary.json</c>, schema 4.1: what a run did and what it can prove of it. Names in JSON are the properties' in snake case; a section of a stage
/// that is switched off is absent. The schema is published in <c>docs/reference/processing_summary.schema.json</c>.
/// </summary>
internal sealed record ProcessingSummary
{
    public const string FileName = "processing_summary.json";
    public const string Version = "4.1";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public string SchemaVersion { get; init; } = Version;

    public required string ToolVersion { get; init; }

    public required string? TraceId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double DurationMs { get; init; }

    public required long Seed { get; init; }

    public required CorpusSection Corpus { get; init; }

    public required QueriesSection? Queries { get; init; }

    public required DenseRun? DenseRun { get; init; }

    public required SparseInferenceRun? SparseRun { get; init; }

    public required CrossEncoderRerankRun? RerankRun { get; init; }

    public required ExportRun? ExportRun { get; init; }

    public required TelemetrySection Telemetry { get; init; }

    public required PerformanceBaseline PerformanceBaseline { get; init; }

    public required ProvenanceSection Provenance { get; init; }

    public required HashSection Hashes { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public void Write(string path) => AtomicFile.WriteText(path, ToJson() + "\n");

    /// <summary>Puts together what the run did, what the exporters show, and what is known of the GPU.</summary>
    public static ProcessingSummary Of(RagRun run, EmissionReport emissions, GpuBaseline gpu, IReadOnlyList<GpuLeaseEvent> leases, string? traceFile) =>
        new()
        {
            ToolVersion = RagVersion.Tool,
            TraceId = run.TraceId,
            StartedAt = run.StartedAt,
            DurationMs = run.Elapsed.TotalMilliseconds,
            Seed = run.Settings.Settings.Seed,
            Corpus = CorpusSection.Of(run),
            Queries =
                run.Results.Count > 0
                    ? new QueriesSection(run.Results.Count, run.SearchElapsed.TotalMilliseconds, run.Results.Count(r => r.Result.Passages.Count == 0))
                    : null,
            DenseRun = StageRuns.Dense(run),
            SparseRun = StageRuns.Sparse(run),
            RerankRun = StageRuns.Rerank(run),
            ExportRun = StageRuns.Export(run),
            Telemetry = new TelemetrySection(emissions.Spans, emissions.Metrics, traceFile),
            PerformanceBaseline = new PerformanceBaseline(
                gpu,
                leases,
                run.IndexElapsed.TotalSeconds > 0 ? run.ChunkCount / run.IndexElapsed.TotalSeconds : 0,
                run.SearchElapsed.TotalSeconds > 0 ? run.Results.Count / run.SearchElapsed.TotalSeconds : null
            ),
            Provenance = ProvenanceSection.Of(run),
            Hashes = new HashSection(run.Manifest!.Files, run.Exported.ToDictionary(f => f.Name, f => f.Sha256)),
        };
}

/// <summary>What was read.</summary>
internal sealed record CorpusSection(
    IReadOnlyList<string> Paths,
    int Files,
    long Bytes,
    int Documents,
    int Chunks,
    int Bad,
    int Duplicates,
    IReadOnlyList<BadDocument> BadDocuments,
    IReadOnlyDictionary<string, int> SkippedByExtension
)
{
    public static CorpusSection Of(RagRun run) =>
        new(
            run.Request.Paths,
            run.Read!.Files,
            run.Read.Bytes,
            run.Read.Documents.Count,
            run.ChunkCount,
            run.Read.BadCount,
            run.Read.Duplicates,
            run.Read.Bad,
            run.Read.SkippedByExtension
        );
}

/// <summary>What was asked.</summary>
internal sealed record QueriesSection(int Count, double LatencyMs, int WithoutResult);

/// <summary>What the exporters show.</summary>
internal sealed record TelemetrySection(
    IReadOnlyDictionary<string, SpanEmission> Spans,
    IReadOnlyDictionary<string, MetricEmission> Metrics,
    string? TraceFile
);

/// <summary>What the run cost.</summary>
internal sealed record PerformanceBaseline(GpuBaseline Gpu, IReadOnlyList<GpuLeaseEvent> GpuLeases, double ChunksPerSecond, double? QueriesPerSecond);

/// <summary>Where the settings come from and what the run was made with.</summary>
internal sealed record ProvenanceSection(
    IReadOnlyDictionary<string, SettingProvenance> Settings,
    IReadOnlyList<string> Models,
    int IndexFormatVersion,
    string Runtime,
    string Processor
)
{
    public static ProvenanceSection Of(RagRun run) =>
        new(
            run.Settings.Provenance.ToDictionary(p => p.Name),
            run.Manifest!.Models,
            run.Manifest.FormatVersion,
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.ProcessArchitecture.ToString()
        );
}

/// <summary>SHA-256 of every file of index and exports.</summary>
internal sealed record HashSection(IReadOnlyDictionary<string, string> Index, IReadOnlyDictionary<string, string> Exports);
