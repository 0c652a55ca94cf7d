namespace Assay.Rag.Reading;

/// <summary>Where a path leads once every symbolic link on the way is followed.</summary>
internal static class RealPath
{
    /// <summary>As many links as Linux follows before it calls a path a loop (path_resolution(7)).</summary>
    private const int MaxLinks = 40;

    public static string Of(string path)
    {
        var links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    /// <summary>Whether <paramref name="inner"/> is <paramref name="outer"/> or lies in it.</summary>
    public static bool Holds(string outer, string inner) =>
        inner == outer || inner.StartsWith(Path.EndsInDirectorySeparator(outer) ? outer : outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Resolve(string full, ref int links)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(full));
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(full));
        if (parent is null || name.Length == 0)
        {
            return full;
        }

        var real = Path.Combine(Resolve(parent, ref links), name);
        var target = new FileInfo(real).LinkTarget;
        return target is null || ++links > MaxLinks ? real : Resolve(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(real)!, target)), ref links);
    }
}
