using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace Assay.Rag.Reading;

/// <summary>HTML: the readable text is taken out of the page and becomes the document's text; its offsets are those of the extracted text.</summary>
internal static partial class HtmlText
{
    /// <summary>How far into a page its declared encoding is looked for (HTML Living Standard, 13.2.3.2: the first 1024 bytes).</summary>
    private const int DeclarationBytes = 1024;

    public static DecodedText Decode(ReadOnlySpan<byte> bytes) => DecodedText.Of(bytes, DeclaredEncoding(bytes));

    /// <summary>The document, or none where the page has no readable text.</summary>
    public static Document? Parse(SourceFile file, string id, string html)
    {
        using var page = new HtmlParser().ParseDocument(html);
        var (text, blocks) = new HtmlTextWriter().Write(page.Body);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var title = HeadingText.Of(page.Title ?? "");
        if (title.Length == 0)
        {
            title = HeadingText.Of(page.QuerySelector("h1")?.TextContent ?? "");
        }

        return new Document(id, title.Length == 0 ? file.Name : title, text, file.RelativePath, blocks);
    }

    private static Encoding? DeclaredEncoding(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationBytes)]);
        var name = Charset().Match(head) is { Success: true } match ? match.Groups["name"].Value : null;
        // A page that can say so in single bytes is no UTF-16, whatever it says (HTML Living Standard, 13.2.3.3).
        if (name is null || name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // A name that is unknown, or of an encoding that .NET refuses such as UTF-7, is no reason to refuse a page that is valid UTF-8 after all.
            return null;
        }
    }

    [GeneratedRegex("""<meta[^>]*?charset\s*=\s*["']?\s*(?<name>[A-Za-z0-9_.:-]+)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Charset();
}
