namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>Decides which cases of a dataset stay.</summary>
internal interface ICaseFilter
{
    /// <summary>What the manifest says of it; holds no id.</summary>
    AppliedFilter Applied { get; }

    /// <summary>Why a case is dropped, in words that name neither the case nor its source; null when it stays.</summary>
    string? Drops(Case one);
}

/// <summary>A filter, for whoever gets the dataset and not the files that it was made from.</summary>
/// <param name="Filter">Its kind: <c>channel_blacklist</c>, <c>flag</c>.</param>
/// <param name="Fingerprint">SHA-256 of the file that it was read from, in hexadecimal digits; of flags the fingerprint of their definitions.</param>
internal sealed record AppliedFilter(string Filter, string Fingerprint)
{
    /// <summary>Entries of a list; null where it is none.</summary>
    public int? Entries { get; init; }

    /// <summary>The flag; null where it is none.</summary>
    public string? Flag { get; init; }

    /// <summary>The variant that stays; null where there is none.</summary>
    public string? Variant { get; init; }
}
