using System.Text.RegularExpressions;

namespace Assay.Rag.Reading;

/// <summary>A heading's words without the marks of Markdown around them.</summary>
internal static partial class HeadingText
{
    /// <summary>Longer headings are cut in titles and heading paths; the chunk still holds them whole.</summary>
    private const int MaxChars = 200;

    /// <summary>
    /// What comes behind so many characters is not looked at: none of it is left after the cut, and the time of the expressions below grows with the square of the length
    /// where one mark is repeated.
    /// </summary>
    private const int MaxRead = 4096;

    public static string Of(ReadOnlySpan<char> block)
    {
        var all = block.Trim();
        var line = all[..Math.Min(all.Length, MaxRead)].ToString();
        line = Setext().Replace(line, "");
        line = Atx().Replace(line, "");
        line = Closing().Replace(line, "");
        line = Link().Replace(line, "${words}");
        line = Mark().Replace(line, "");
        line = White().Replace(line, " ").Trim();
        return line.Length <= MaxChars ? line : line[..(char.IsHighSurrogate(line[MaxChars - 1]) ? MaxChars - 1 : MaxChars)];
    }

    [GeneratedRegex(@"[\r\n]+[ \t>]*(=+|-+)[ \t]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setext();

    [GeneratedRegex(@"^#{1,6}([ \t]+|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Atx();

    // '## Title ##' and '## Title {#anchor}'.
    [GeneratedRegex(@"(^|[ \t])(#+|\{#[^}\s]*\})[ \t]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Closing();

    [GeneratedRegex(@"!?\[(?<words>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\*+|`+|~~", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex White();
}
