using System.Text.RegularExpressions;

namespace Assay.Rag.Reading;

/// <summary>Reads a file that is one document: Markdown, plain text or HTML.</summary>
internal sealed class WholeFile(SourceFile file, ReadOptions options, ContentHashes contents, DocumentIds ids)
{
    /// <summary>How many bytes were read.</summary>
    public long Bytes { get; private set; }

    /// <summary>The document, or why there is none.</summary>
    public ReadItem Read()
    {
        try
        {
            var size = new FileInfo(file.Path).Length;
            if (size > (long)options.MaxDocumentMb << 20)
            {
                return file.Bad(
                    $"The file has {size} bytes, more than {options.MaxDocumentMb} MiB.",
                    "Split it, or raise the limit on the size of a document."
                );
            }

            // Asked before opening: a pipe has no size either, and opening one would wait for ever.
            return size == 0 ? file.Empty() : Decoded(File.ReadAllBytes(file.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return file.Unreadable(e);
        }
        catch (RegexMatchTimeoutException)
        {
            return file.Bad("The marks in the file take too long to read: it repeats one of them very often.", "Leave it out, or convert it to text.");
        }
    }

    private ReadItem Decoded(byte[] bytes)
    {
        Bytes = bytes.Length;
        var decoded = file.Format == SourceFormat.Html ? HtmlText.Decode(bytes) : DecodedText.Of(bytes);
        return decoded.Text is null ? file.Bad(decoded.Problem, decoded.Fix)
            : string.IsNullOrWhiteSpace(decoded.Text) ? file.Empty()
            : Known(decoded.Text);
    }

    private ReadItem Known(string text)
    {
        if (options.SkipDuplicates && contents.FirstSource("", text, line: 0) is { } first)
        {
            return new DuplicateDocument(file.Path, first);
        }

        if (file.Format == SourceFormat.Html && HtmlDepth.IsTooDeep(text))
        {
            return file.Bad($"The page nests its elements more than {HtmlDepth.Most} deep.", "Leave it out, or convert it to text.");
        }

        return Parse(text) is { } document
            ? document
            : file.Bad("The page has no readable text.", "Leave it out; scripts, menus, headers and footers are not read.");
    }

    private Document? Parse(string text)
    {
        var id = ids.TakeFor(file);
        return file.Format switch
        {
            SourceFormat.Markdown => MarkdownText.Parse(file, id, text),
            SourceFormat.Html => HtmlText.Parse(file, id, text),
            _ => PlainText.Parse(file, id, text),
        };
    }
}
