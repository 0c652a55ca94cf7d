using Assay.Flags;

namespace Assay.Rag.Settings;

/// <summary>Stages that are switched on or off for one question or one run, and by whom. Null leaves a stage as the settings say.</summary>
public sealed record RagToggles
{
    /// <summary>The flag of the stages that RAG++ adds to a search by meaning: sparse and rerank together.</summary>
    public const string PlusPlusFlag = "rag_plus_plus";

    /// <summary>The flag of the dense stage.</summary>
    public const string DenseFlag = "rag_dense";

    /// <summary>The flag of the sparse stage; it wins over <see cref="PlusPlusFlag"/>.</summary>
    public const string SparseFlag = "rag_sparse";

    /// <summary>The flag of the rerank stage; it wins over <see cref="PlusPlusFlag"/>.</summary>
    public const string RerankFlag = "rag_rerank";

    /// <summary>The flag of how documents are cut when they are indexed: on at their headings, off in windows of so many words.</summary>
    internal const string ChunkingFlag = "new_chunking_strategy";

    /// <summary>Whether the dense stage runs.</summary>
    public RagToggle? Dense { get; init; }

    /// <summary>Whether the sparse stage runs.</summary>
    public RagToggle? Sparse { get; init; }

    /// <summary>Whether the rerank stage runs.</summary>
    public RagToggle? Rerank { get; init; }

    /// <summary>Whether documents are cut at their headings; of indexing alone, a question is asked of an index as it is.</summary>
    internal RagToggle? HeadingChunks { get; init; }

    /// <summary>What the flags of the pipeline say for a unit; a flag that does not exist, or is neither true nor false, says nothing.</summary>
    public static RagToggles Of(IFlagReader flags, in Unit unit)
    {
        var plusPlus = Read(flags, PlusPlusFlag, unit);
        return new RagToggles
        {
            Dense = Read(flags, DenseFlag, unit),
            Sparse = Read(flags, SparseFlag, unit) ?? plusPlus,
            Rerank = Read(flags, RerankFlag, unit) ?? plusPlus,
        };
    }

    /// <summary>The same for a run that indexes: how documents are cut, too.</summary>
    internal static RagToggles OfIndexing(IFlagReader flags, in Unit unit) => Of(flags, unit) with { HeadingChunks = Read(flags, ChunkingFlag, unit) };

    /// <summary>The toggles as wishes, for the settings that they change.</summary>
    internal IEnumerable<SettingWish> Wishes =>
        [
            .. Wish("dense", Dense),
            .. Wish("sparse", Sparse),
            .. Wish("rerank", Rerank),
            .. HeadingChunks is { } chunks ? (SettingWish[])[new("chunking", chunks.IsOn ? "headings" : "windows", chunks.Source)] : [],
        ];

    private static IEnumerable<SettingWish> Wish(string stage, RagToggle? toggle) =>
        toggle is null ? [] : [new SettingWish(stage, toggle.IsOn ? "true" : "false", toggle.Source)];

    // A flag that decides gives the same whatever the fallback; one that does not gives the fallback.
    private static RagToggle? Read(IFlagReader flags, string flag, in Unit unit)
    {
        var on = flags.IsEnabled(flag, unit, fallback: true);
        return on == flags.IsEnabled(flag, unit, fallback: false) ? new RagToggle(on, "flag:" + flag) : null;
    }
}

/// <summary>A stage that is switched on or off.</summary>
/// <param name="IsOn">Whether it runs.</param>
/// <param name="Source">Who says so, as summaries and spans tell it: <c>flag:rag_plus_plus</c>, <c>experiment:reranker_model_test</c>.</param>
public sealed record RagToggle(bool IsOn, string Source);
