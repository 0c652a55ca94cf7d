using Assay.Rag.Chunking;
using Assay.Rag.Fusion;
using Assay.Rag.Gpu;

namespace Assay.Rag.Settings;

/// <summary>What a run does, after defaults, configuration file, environment and command line were laid over each other.</summary>
internal sealed record RagSettings
{
    /// <summary>Whether the dense stage runs. The default is true.</summary>
    public bool Dense { get; init; } = true;

    /// <summary>Whether the sparse stage runs. The default is true.</summary>
    public bool Sparse { get; init; } = true;

    /// <summary>Whether the rerank stage runs. The default is true.</summary>
    public bool Rerank { get; init; } = true;

    /// <summary>Passages returned for a query, 1 to 1000. The default is 10.</summary>
    public int TopK { get; init; } = 10;

    /// <summary>Seed of everything random. The default is 42.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>How dense and sparse scores are joined. The default is the weighted z-score.</summary>
    public FusionMethod Fusion { get; init; } = FusionMethod.ZScore;

    /// <summary>Where documents are cut into chunks. The default is at their headings.</summary>
    public ChunkStrategy Chunking { get; init; } = new ChunkOptions().Strategy;

    /// <summary>Most tokens in a chunk, 16 to 4096. The default is 320.</summary>
    public int ChunkTokens { get; init; } = new ChunkOptions().MaxTokens;

    /// <summary>Most tokens a chunk repeats of the one before, less than half of <see cref="ChunkTokens"/>. The default is 40.</summary>
    public int ChunkOverlap { get; init; } = new ChunkOptions().OverlapTokens;

    /// <summary>GPU memory of one device above which a run says that it used too much, GB of 10^9 bytes, 0.1 to 10000. The default is 12.</summary>
    public double GpuSoftLimitGb { get; init; } = new GpuOptions().SoftLimitGb;
}
