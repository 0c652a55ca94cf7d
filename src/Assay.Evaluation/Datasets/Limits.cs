namespace Assay.Evaluation.Datasets;

/// <summary>Bounds of what a dataset may hold.</summary>
internal static class Limits
{
    /// <summary>The longest line of a JSONL file, and the longest cell of a CSV file: a longer one is a mistake, not a case.</summary>
    public const int LineBytes = 16 << 20;

    /// <summary>The longest id.</summary>
    public const int IdCharacters = 200;

    /// <summary>The most cases: ids are remembered to find duplicates, 40 bytes each.</summary>
    public const int Cases = 5_000_000;
}
