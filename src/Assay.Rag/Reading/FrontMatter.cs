namespace Assay.Rag.Reading;

/// <summary>The YAML block between two <c>---</c> lines at the very start of a Markdown file. Only its title is understood.</summary>
internal static class FrontMatter
{
    /// <summary>The value of the top-level key <c>title</c>: plain, quoted or folded; none where there is none.</summary>
    public static string? Title(ReadOnlySpan<char> block)
    {
        var lines = block.ToString().Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith("title:", StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            return null;
        }

        var value = lines[at]["title:".Length..].Trim();
        var title = value.Length > 0 && value[0] is '>' or '|' ? Folded(lines, at + 1) : Scalar(value);
        return title.Length == 0 ? null : title;
    }

    private static string Folded(string[] lines, int from) =>
        string.Join(' ', lines.Skip(from).TakeWhile(line => line.Length > 0 && line[0] is ' ' or '\t').Select(line => line.Trim()));

    private static string Scalar(string value)
    {
        if (value.Length >= 2 && value[0] == '\'' && value.LastIndexOf('\'') is > 0 and var single)
        {
            return value[1..single].Replace("''", "'");
        }

        if (value.Length >= 2 && value[0] == '"' && value.LastIndexOf('"') is > 0 and var end)
        {
            return value[1..end].Replace("\\\"", "\"").Replace("\\\\", "\\");
        }

        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? value : value[..comment]).Trim();
    }
}
