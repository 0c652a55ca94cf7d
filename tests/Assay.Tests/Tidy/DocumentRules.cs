using System.Text.RegularExpressions;

namespace Assay.Tests.Tidy;

/// <summary>What documents and other files must not say; each rule is a function of text, so that it can be seen to fail.</summary>
internal static partial class DocumentRules
{
    /// <summary>Relative links of a document that lead nowhere.</summary>
    public static IEnumerable<string> BrokenLinks(string path, string text, Func<string, bool> exists, Func<string, string> read)
    {
        foreach (var link in Markdown.Links(text).Where(l => !Scheme().IsMatch(l)))
        {
            var parts = link.Split('#', 2);
            var target = parts[0].Length == 0 ? path : Resolve(path, Uri.UnescapeDataString(parts[0]));
            if (!exists(target))
            {
                yield return $"{path}: no file for ({link})";
            }
            else if (parts.Length == 2 && target.EndsWith(".md") && !Markdown.Anchors(read(target)).Contains(Uri.UnescapeDataString(parts[1])))
            {
                yield return $"{path}: no heading for ({link})";
            }
        }
    }

    /// <summary>Targets after <c>make</c> in the code of a document that the makefile does not have.</summary>
    public static IEnumerable<string> MissingTargets(string text, string makefile)
    {
        var known = Targets(makefile).ToHashSet();
        return Markdown.Code(text).SelectMany(c => MakeCall().Matches(c)).Select(m => m.Groups["target"].Value).Where(t => !known.Contains(t)).Distinct();
    }

    /// <summary>Targets that a makefile has rules for.</summary>
    public static IEnumerable<string> Targets(string makefile) =>
        Rule().Matches(makefile).SelectMany(m => m.Groups["targets"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Targets that are declared phony and have no rule: <c>make</c> would do nothing and call it success.</summary>
    public static IEnumerable<string> HollowTargets(string makefile)
    {
        var declared = Phony().Matches(makefile).SelectMany(m => m.Groups["targets"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return declared.Except(Targets(makefile));
    }

    /// <summary>Absolute paths of one machine, and addresses of the registry that one machine used.</summary>
    public static IEnumerable<string> LocalAddresses(string text) =>
        LocalPath().Matches(text).Concat(RegistryAddress().Matches(text)).Select(m => m.Value).Distinct();

    /// <summary>Marks of unfinished work.</summary>
    public static IEnumerable<string> Unfinished(string source) => UnfinishedMark().Matches(source).Select(m => m.Value);

    /// <summary>String literals in source that look like names of metrics.</summary>
    public static IEnumerable<string> MetricNames(string source) => MetricLiteral().Matches(source).Select(m => m.Groups["name"].Value).Distinct();

    private static string Resolve(string from, string link)
    {
        var start = link.StartsWith('/') ? "" : Path.GetDirectoryName(from) ?? "";
        var full = Path.GetFullPath(Path.Combine("/", start, link.TrimStart('/')));
        return Path.GetRelativePath("/", full).Replace('\\', '/');
    }

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*:", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(^|[\s`=1])make (?<target>[a-z][a-z0-9-]*)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex MakeCall();

    [GeneratedRegex(@"^(?<targets>[a-z][a-z0-9 -]*):(?!=)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\.PHONY:(?<targets>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Phony();

    // Split so that this file does not break its own rule.
    [GeneratedRegex(@"(?<![\w.~}-])/" + @"(work|root)/[\w.-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LocalPath();

    [GeneratedRegex(
        @"https?://[^\s""'<>]*/v3/" + @"index\.json|registry\." + @"npmjs\.org|""resolved"":\s*""https?:[^""]*""|(index-url|registry)\s*=\s*https?://\S+",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex RegistryAddress();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnfinishedMark();

    [GeneratedRegex(@"""(?<name>(rag|assay|benchmark|review)_[a-z0-9_]+_(seconds|bytes|total|variance))""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetricLiteral();
}
