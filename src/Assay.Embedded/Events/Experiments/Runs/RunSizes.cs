namespace Assay.Embedded.Events.Experiments.Runs;

/// <summary>How runs are made; tests make small ones.</summary>
internal sealed record RunSizes
{
    /// <summary>So many fresh records make a run; a commit adds at most some ten thousand before it is looked at.</summary>
    public int Fresh { get; init; } = 65_536;

    /// <summary>Runs that are merged at once; of each level there are less than twice as many.</summary>
    public int FanIn { get; init; } = 8;

    /// <summary>Records of a block, at most <see cref="UnitRecords.BlockRecords"/>.</summary>
    public int Block { get; init; } = UnitRecords.BlockRecords;

    /// <summary>Records that a step merges at least, about a millisecond.</summary>
    public int LeastStep { get; init; } = 8_192;

    /// <summary>Records of a step of deletion.</summary>
    public int DeletionStep { get; init; } = 32_768;
}
