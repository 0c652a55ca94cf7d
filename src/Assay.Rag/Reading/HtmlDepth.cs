using System.Text.RegularExpressions;

namespace Assay.Rag.Reading;

/// <summary>
/// How deep a page nests its elements, seen from its tags alone and before it is parsed: the parser's time grows with the square of the depth,
/// so that a page made for it would hold a run for minutes.
/// </summary>
internal static partial class HtmlDepth
{
    /// <summary>Pages written by people stay below a hundred; 5,000 levels still parse in well under a second.</summary>
    public const int Most = 5_000;

    /// <summary>Whether more elements are open at once than <see cref="Most"/>. Elements that close themselves or each other do not count.</summary>
    public static bool IsTooDeep(string html)
    {
        var depth = 0;
        foreach (var tag in Tag().EnumerateMatches(html))
        {
            depth = html[tag.Index + 1] == '/' ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > Most)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(
        "</?(?:div|span|section|article|main|ul|ol|dl|table|blockquote|b|i|em|strong|font|center|a|u|s|small|big|code|pre|form|fieldset|button|svg|g)\\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Tag();
}
