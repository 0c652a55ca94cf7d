namespace Assay.Cli.Reading;

/// <summary>A cell as a message may show it.</summary>
internal static class CellText
{
    private const int MostShown = 40;

    /// <summary>At most 40 characters on one line.</summary>
    public static string Shorten(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= MostShown ? line : line[..(MostShown - 1)] + "…";
    }
}
