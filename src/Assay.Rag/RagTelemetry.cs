using System.Diagnostics;
using System.Diagnostics.Metrics;
using Assay.Observability.Logging;
using Assay.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assay.Rag;

/// <summary>Names of what the pipeline emits, exactly as registered.</summary>
internal static class RagNames
{
    public const string Source = "Assay.Rag";

    public const string RunSpan = "rag.run";
    public const string QuerySpan = "rag.query";

    public const string GpuPeakBytes = "rag_gpu_peak_bytes";
    public const string RerankScoreVariance = "rag_rerank_score_variance";
    public const string Fallbacks = "rag_fallbacks_total";
    public const string Documents = "rag_documents_total";

    // Made once: the words are asked for several times in every query.
    private static readonly string[] Words = [.. Enum.GetNames<RagStage>().Select(n => n.ToLowerInvariant())];

    public static string Span(RagStage stage) => "rag." + Word(stage);

    public static string Latency(RagStage stage) => $"rag_{Word(stage)}_latency_seconds";

    public static string Word(RagStage stage) => Words[(int)stage];
}

/// <summary>The stages of the pipeline in their order.</summary>
internal enum RagStage
{
    /// <summary>Files become documents.</summary>
    Read,

    /// <summary>Documents become chunks, chunks become terms.</summary>
    Chunk,

    /// <summary>Chunks and queries become vectors, compared by cosine.</summary>
    Dense,

    /// <summary>Terms point to chunks, scored by BM25F.</summary>
    Sparse,

    /// <summary>Dense and sparse scores become one order.</summary>
    Fuse,

    /// <summary>The first candidates are ordered again by features.</summary>
    Rerank,

    /// <summary>Vectors, sparse vectors and chunks are written for other programs.</summary>
    Export,
}

/// <summary>The pipeline's activity source and instruments, created from the telemetry registry.</summary>
internal sealed class RagTelemetry : IDisposable
{
    private readonly Meter meter;
    private readonly ILogger[] logs;
    private readonly Dictionary<RagStage, Histogram<double>> latencies;

    /// <param name="registry">Names, units and buckets.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Makes a logger for each stage; null logs nothing.</param>
    public RagTelemetry(TelemetryRegistry registry, TimeProvider time, ILoggerFactory? loggers = null)
    {
        logs = [.. Enum.GetValues<RagStage>().Select(s => ComponentLoggers.Create(loggers ?? NullLoggerFactory.Instance, RagNames.Word(s)))];
        Time = time;
        Source = new ActivitySource(RagNames.Source);
        meter = new Meter(RagNames.Source);
        latencies = new[] { RagStage.Dense, RagStage.Sparse, RagStage.Rerank, RagStage.Export }.ToDictionary(
            s => s,
            s => registry.CreateHistogram(meter, RagNames.Latency(s))
        );
        GpuPeakBytes = registry.CreateGauge(meter, RagNames.GpuPeakBytes);
        RerankScoreVariance = registry.CreateHistogram(meter, RagNames.RerankScoreVariance);
        Fallbacks = registry.CreateCounter(meter, RagNames.Fallbacks);
        Documents = registry.CreateCounter(meter, RagNames.Documents);
    }

    public TimeProvider Time { get; }

    public ActivitySource Source { get; }

    public Gauge<double> GpuPeakBytes { get; }

    public Histogram<double> RerankScoreVariance { get; }

    public Counter<long> Fallbacks { get; }

    public Counter<long> Documents { get; }

    /// <summary>The logger of a stage.</summary>
    public ILogger Log(RagStage stage) => logs[(int)stage];

    /// <summary>Starts one execution of a stage: a span now, and when it ends one sample of the stage's latency, where it has one.</summary>
    public StageExecution Begin(RagStage stage) => new(this, stage);

    public void Dispose()
    {
        meter.Dispose();
        Source.Dispose();
    }

    internal void Record(RagStage stage, double seconds)
    {
        if (latencies.TryGetValue(stage, out var latency))
        {
            latency.Record(seconds);
        }
    }
}
