namespace Assay.Server.Surface.Reading;

/// <summary>Paths that lead to a page of this hub and nowhere else.</summary>
internal static class LocalPath
{
    /// <summary>
    /// Whether it begins with one slash, not two, and has no control character. Browsers strip tabs and line ends from an address before they read it: a slash, a
    /// tab and a slash lead to another site.
    /// </summary>
    public static bool Is(string? path) => path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);
}
