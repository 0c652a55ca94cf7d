namespace Assay.Server.Surface.Components;

/// <summary>A link of a <c>Seg</c>.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="IsCurrent">Whether it is what the page shows.</param>
/// <param name="Lang">The language of its text, where it is not the page's.</param>
public sealed record SegLink(string Text, string Href, bool IsCurrent, string? Lang = null);
