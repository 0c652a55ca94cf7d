using System.Globalization;
using Assay.Rag.Chunking;
using Assay.Rag.Fusion;

namespace Assay.Rag.Settings;

/// <summary>One setting: its name in the configuration file, how a text becomes its value, and what is allowed.</summary>
internal sealed record SettingDefinition(string Name, string Allowed, Func<RagSettings, string> Read, Func<RagSettings, string, RagSettings?> Write)
{
    /// <summary>Every setting of the pipeline.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        Toggle("dense", s => s.Dense, (s, v) => s with { Dense = v }),
        Toggle("sparse", s => s.Sparse, (s, v) => s with { Sparse = v }),
        Toggle("rerank", s => s.Rerank, (s, v) => s with { Rerank = v }),
        Number("top_k", 1, 1000, s => s.TopK, (s, v) => s with { TopK = (int)v }),
        Number("seed", long.MinValue, long.MaxValue, s => s.Seed, (s, v) => s with { Seed = v }),
        new(
            "fusion",
            "zscore or rrf",
            s => s.Fusion.ToString().ToLowerInvariant(),
            (s, text) => Enum.TryParse<FusionMethod>(text, ignoreCase: true, out var method) && !char.IsAsciiDigit(text[0]) ? s with { Fusion = method } : null
        ),
        new(
            "chunking",
            "headings or windows",
            s => s.Chunking.ToString().ToLowerInvariant(),
            (s, text) =>
                Enum.TryParse<ChunkStrategy>(text, ignoreCase: true, out var strategy) && !char.IsAsciiDigit(text[0]) ? s with { Chunking = strategy } : null
        ),
        Number("chunk_tokens", 16, 4096, s => s.ChunkTokens, (s, v) => s with { ChunkTokens = (int)v }),
        Number("chunk_overlap", 0, 2047, s => s.ChunkOverlap, (s, v) => s with { ChunkOverlap = (int)v }),
        new(
            "gpu_soft_limit_gb",
            "a number from 0.1 to 10000",
            s => s.GpuSoftLimitGb.ToString(CultureInfo.InvariantCulture),
            (s, text) =>
                double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var gb) && gb is >= 0.1 and <= 10_000
                    ? s with
                    {
                        GpuSoftLimitGb = gb,
                    }
                    : null
        ),
    ];

    /// <summary>The environment variable that sets it.</summary>
    public string Variable => "ASSAY__RAG__" + Name.ToUpperInvariant();

    private static SettingDefinition Toggle(string name, Func<RagSettings, bool> read, Func<RagSettings, bool, RagSettings> write) =>
        new(name, "true or false", s => read(s) ? "true" : "false", (s, text) => ParseBoolean(text) is { } value ? write(s, value) : null);

    private static SettingDefinition Number(string name, long least, long most, Func<RagSettings, long> read, Func<RagSettings, long, RagSettings> write) =>
        new(
            name,
            least == long.MinValue ? "a whole number" : $"a whole number from {least} to {most}",
            s => read(s).ToString(),
            (s, text) => long.TryParse(text, out var value) && value >= least && value <= most ? write(s, value) : null
        );

    private static bool? ParseBoolean(string text) =>
        text.ToLowerInvariant() switch
        {
            "true" or "1" or "on" or "yes" => true,
            "false" or "0" or "off" or "no" => false,
            _ => null,
        };
}
