namespace Assay.Cli.Releasing;

/// <summary>The commit of the folder in which a command was started: what CI says, else what git's files say. No program is asked.</summary>
internal static class SourceCommit
{
    /// <summary>Variables in which CI systems tell the commit, the first that is set wins: ours, GitHub's, GitLab's.</summary>
    private static readonly string[] Variables = ["ASSAY_COMMIT", "GITHUB_SHA", "CI_COMMIT_SHA"];

    private const int MostFolders = 64;
    private const long LargestFile = 16 << 20;

    /// <summary>The commit, 40 or 64 hexadecimal digits; empty when nobody says it.</summary>
    /// <param name="environment">Environment variables.</param>
    /// <param name="folder">Where to begin; the working folder when null.</param>
    public static string Find(IReadOnlyDictionary<string, string> environment, string? folder = null)
    {
        var told = Variables.Select(name => environment.GetValueOrDefault(name, "")).FirstOrDefault(IsCommit);
        return told ?? OfGit(folder ?? Directory.GetCurrentDirectory()) ?? "";
    }

    private static string? OfGit(string start)
    {
        try
        {
            var at = new DirectoryInfo(start);
            for (var i = 0; at is not null && i < MostFolders; i++, at = at.Parent)
            {
                var git = Path.Combine(at.FullName, ".git");
                if (Directory.Exists(git) || File.Exists(git))
                {
                    return OfHead(Linked(git));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A folder that cannot be read is one without git.
        }

        return null;
    }

    // A linked work tree has a file there that names its own folder.
    private static string Linked(string git) =>
        File.Exists(git) && Text(git) is ['g', 'i', 't', 'd', 'i', 'r', ':', .. var place] ? Path.GetFullPath(place.Trim(), Path.GetDirectoryName(git)!) : git;

    private static string? OfHead(string git)
    {
        var head = Text(Path.Combine(git, "HEAD"));
        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
        {
            return IsCommit(head) ? head : null;
        }

        var name = head["ref: ".Length..].Trim();
        var common = Path.Combine(git, "commondir");
        string[] places = File.Exists(common) ? [git, Path.GetFullPath(Text(common), git)] : [git];
        return places.Select(place => OfRef(place, name)).FirstOrDefault(c => c is not null);
    }

    private static string? OfRef(string git, string name)
    {
        var file = Path.Combine(git, name);
        if (File.Exists(file))
        {
            return Text(file) is var commit && IsCommit(commit) ? commit : null;
        }

        var packed = Path.Combine(git, "packed-refs");
        return File.Exists(packed) && new FileInfo(packed).Length <= LargestFile
            ? File.ReadLines(packed).Select(line => line.Split(' ', 2)).FirstOrDefault(line => line is [var c, var n] && n == name && IsCommit(c))?[0]
            : null;
    }

    private static string Text(string file) => new FileInfo(file) is { Exists: true, Length: <= LargestFile } ? File.ReadAllText(file).Trim() : "";

    private static bool IsCommit(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit);
}
