namespace Assay.Rag.Indexing;

/// <summary>What the dense stage did while indexing.</summary>
internal sealed record DenseReport(string Model, int Dimensions, int Chunks, double LatencyMs, string? FallbackReason);

/// <summary>What the sparse stage did while indexing.</summary>
internal sealed record SparseReport(string Model, int Terms, int Chunks, double LatencyMs, double CoverageRatio, long Bytes);

/// <summary>What the rerank stage prepared while indexing.</summary>
internal sealed record RerankReport(string Model, int Chunks, double LatencyMs);
