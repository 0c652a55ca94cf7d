namespace Assay.Rag.Reading;

/// <summary>Reads a file that is one document: Markdown, plain text or HTML.</summary>
internal static class WholeFile
{
    private const string Empty = "The file is empty.";

    /// <summary>The decoded text, or why there is none.</summary>
    public static ReadItem Read(SourceFile file, ReadOptions options, Func<string, string?> firstSource, Func<string> takeId)
    {
        var (text, bad) = Text(file, options);
        if (bad is not null)
        {
            return bad;
        }

        if (firstSource(text!) is { } first)
        {
            return new DuplicateDocument(file.Path, first);
        }

        var document = Parse(file, takeId, text!);
        return document is null ? file.Bad("The page has no readable text.", "Leave it out; scripts, menus, headers and footers are not read.") : document;
    }

    private static Document? Parse(SourceFile file, Func<string> takeId, string text) =>
        file.Format switch
        {
            SourceFormat.Markdown => MarkdownText.Parse(file, takeId(), text),
            SourceFormat.Html => HtmlText.Parse(file, takeId(), text),
            _ => PlainText.Parse(file, takeId(), text),
        };

    private static (string? Text, BadDocument? Bad) Text(SourceFile file, ReadOptions options)
    {
        try
        {
            var size = new FileInfo(file.Path).Length;
            if (size > (long)options.MaxDocumentMb << 20)
            {
                return (
                    null,
                    file.Bad($"The file has {size} bytes, more than {options.MaxDocumentMb} MiB.", "Split it, or raise the limit on the size of a document.")
                );
            }

            // Asked before opening: a pipe has no size either, and opening one would wait for ever.
            return size == 0 ? (null, file.Bad(Empty, "Leave it out or fill it.")) : Decoded(file, File.ReadAllBytes(file.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, Unreadable(file, e));
        }
    }

    public static BadDocument Unreadable(SourceFile file, Exception e) =>
        file.Bad($"The file cannot be read: {e.Message}", "Check that it is there and that you may read it.");

    private static (string? Text, BadDocument? Bad) Decoded(SourceFile file, byte[] bytes)
    {
        var decoded = file.Format == SourceFormat.Html ? HtmlText.Decode(bytes) : DecodedText.Of(bytes);
        return decoded.Text is null ? (null, file.Bad(decoded.Problem, decoded.Fix))
            : string.IsNullOrWhiteSpace(decoded.Text) ? (null, file.Bad(Empty, "Leave it out or fill it."))
            : (decoded.Text, null);
    }
}
