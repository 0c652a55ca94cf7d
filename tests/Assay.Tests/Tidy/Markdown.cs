using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Tests.Tidy;

/// <summary>As much of Markdown as the house rules need: links, anchors and code.</summary>
internal static partial class Markdown
{
    /// <summary>Targets of all links and images, outside code.</summary>
    public static IEnumerable<string> Links(string text) => Link().Matches(WithoutCode(text)).Select(m => m.Groups["target"].Value);

    /// <summary>Anchors of all headings as GitHub makes them.</summary>
    public static IEnumerable<string> Anchors(string text)
    {
        var seen = new Dictionary<string, int>();
        foreach (Match heading in Heading().Matches(Fence().Replace(text, "")))
        {
            var slug = Slug(heading.Groups["text"].Value);
            seen[slug] = seen.GetValueOrDefault(slug) + 1;
            yield return seen[slug] == 1 ? slug : $"{slug}-{seen[slug] - 1}";
        }
    }

    /// <summary>Everything in code spans and fences, one piece each.</summary>
    public static IEnumerable<string> Code(string text) => Fence().Matches(text).Concat(Span().Matches(Fence().Replace(text, ""))).Select(m => m.Value);

    private static string WithoutCode(string text) => Span().Replace(Fence().Replace(text, ""), "");

    private static string Slug(string heading)
    {
        var slug = new StringBuilder();
        foreach (var c in heading.Trim().ToLowerInvariant())
        {
            slug.Append(
                c == ' ' ? "-"
                : char.IsLetterOrDigit(c) || c is '-' or '_' ? c.ToString()
                : ""
            );
        }

        return slug.ToString();
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6}\s+(?<text>.+?)\s*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?<mark>```|~~~).*?^\k<mark>", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();
}
