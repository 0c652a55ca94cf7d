namespace Assay.Rag.Reading;

/// <summary>The formats that are read, by extension.</summary>
internal enum SourceFormat
{
    Markdown,
    PlainText,
    Html,
    JsonLines,
}

/// <summary>One file to read.</summary>
/// <param name="Path">The path as a person can open it.</param>
/// <param name="RelativePath">Relative to the folder that was named, with '/'; the file's name where the file itself was named.</param>
/// <param name="Format">How to read it.</param>
internal sealed record SourceFile(string Path, string RelativePath, SourceFormat Format)
{
    /// <summary>What is said to a person who names another kind of file.</summary>
    public const string Supported = ".md, .markdown, .txt, .html, .htm and .jsonl";

    public string Name => System.IO.Path.GetFileNameWithoutExtension(RelativePath);

    public static SourceFormat? FormatOf(string path) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".md" or ".markdown" => SourceFormat.Markdown,
            ".txt" => SourceFormat.PlainText,
            ".html" or ".htm" => SourceFormat.Html,
            ".jsonl" => SourceFormat.JsonLines,
            _ => null,
        };

    public BadDocument Empty() => Bad("The file is empty.", "Leave it out or fill it.");

    public BadDocument Unreadable(Exception e) => Bad($"The file cannot be read: {e.Message}", "Check that it is there and that you may read it.");

    public BadDocument Bad(string problem, string fix, int? line = null) => new(Path, line, problem, fix);
}
