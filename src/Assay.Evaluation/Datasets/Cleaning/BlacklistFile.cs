using Assay.Catalogs;

namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>Channels whose posts spoil a dataset: <c>catalog/channel_blacklist.yaml</c>, as it is written.</summary>
internal sealed class BlacklistFile : CatalogEntry
{
    public List<BlacklistEntry>? Channels { get; set; }
}

/// <summary>A channel and why its posts are kept out.</summary>
internal sealed class BlacklistEntry : CatalogEntry
{
    /// <summary>The channel as cases name it, in their field <c>channel</c> or as their cluster; <c>@name</c> and <c>t.me/name</c> are <c>name</c>, in any case.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Why, in words that name nobody: the manifest shows them.</summary>
    public string Reason { get; set; } = "";
}
