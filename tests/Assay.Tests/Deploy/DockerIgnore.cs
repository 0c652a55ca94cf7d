using System.Text.RegularExpressions;

namespace Assay.Tests.Deploy;

/// <summary>What <c>.dockerignore</c> keeps back: the last pattern that fits a path, or a folder above it, decides.</summary>
internal sealed class DockerIgnore(string text)
{
    private readonly List<(bool IsKeptBack, Regex Pattern)> patterns =
    [
        .. text.Split('\n')
            .Select(l => l.Trim())
            .Where(l => l.Length > 0 && !l.StartsWith('#'))
            .Select(l => l.StartsWith('!') ? (false, Pattern(l[1..])) : (true, Pattern(l))),
    ];

    public bool KeepsBack(string path)
    {
        var isKeptBack = false;
        foreach (var (keeps, pattern) in patterns)
        {
            if (pattern.IsMatch(path))
            {
                isKeptBack = keeps;
            }
        }

        return isKeptBack;
    }

    // `**` stands for any folders, `*` for anything within one; a pattern fits what is below what it names.
    private static Regex Pattern(string glob)
    {
        var escaped = Regex.Escape(glob.Trim('/')).Replace(@"\*\*/", "(.*/)?").Replace(@"\*\*", ".*").Replace(@"\*", "[^/]*").Replace(@"\?", "[^/]");
        return new Regex($"^{escaped}(/.*)?$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }
}
