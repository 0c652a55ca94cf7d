namespace Assay.Rag.Gpu;

/// <summary>Text of another process made fit for a message: its first line that says something, without control characters, of bounded length.</summary>
internal static class OneLine
{
    /// <summary>Characters kept of a foreign line: enough for the sentences of nvidia-smi.</summary>
    public const int MaxLength = 200;

    public static string Of(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var printable = Printable(line).Trim();
            if (printable.Length > 0)
                return printable;
        }

        return "";
    }

    private static string Printable(ReadOnlySpan<char> line)
    {
        var kept = line[..Math.Min(line.Length, MaxLength)].ToArray();
        return new string(Array.ConvertAll(kept, c => char.IsControl(c) ? ' ' : c));
    }
}
