namespace Assay.Rag.Reading;

/// <summary>Plain text: paragraphs parted by blank lines, the first line as the title when it is short.</summary>
internal static class PlainText
{
    private const int MaxTitleChars = 120;

    public static Document Parse(SourceFile file, string id, string text) =>
        new(id, Title(text) ?? file.Name, text, file.RelativePath, new ParagraphBlocks(text));

    private static string? Title(string text)
    {
        var rest = text.AsSpan().TrimStart();
        var end = rest.IndexOfAny('\n', '\r');
        var line = (end < 0 ? rest : rest[..end]).Trim();
        return line.Length is > 0 and <= MaxTitleChars ? line.ToString() : null;
    }
}
