using System.Text;
using System.Xml.Linq;

namespace Assay.Tests.Tidy;

/// <summary>The repository as a set of files: what git would track, found without git.</summary>
internal static class Repository
{
    private const int MostFiles = 20_000;
    private static readonly Lazy<string> LazyRoot = new(FindRoot);
    private static readonly Lazy<IReadOnlyList<string>> LazyFiles = new(() => ListFiles());

    /// <summary>The folder that holds <c>Assay.slnx</c>.</summary>
    public static string Root => LazyRoot.Value;

    /// <summary>Paths of all files from the root, with forward slashes, sorted; without what <c>.gitignore</c> leaves out.</summary>
    public static IReadOnlyList<string> Files => LazyFiles.Value;

    /// <summary>Names of the projects under <c>src</c>.</summary>
    public static IReadOnlyList<string> Rooms => [.. Projects.Where(p => p.StartsWith("src/")).Select(p => Path.GetFileNameWithoutExtension(p))];

    /// <summary>Paths of all project files.</summary>
    public static IEnumerable<string> Projects => Under("", ".csproj");

    public static IEnumerable<string> Under(string folder, string extension) => Files.Where(f => f.StartsWith(folder) && f.EndsWith(extension));

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static bool Exists(string path) => File.Exists(FullPath(path)) || Directory.Exists(FullPath(path));

    public static string Text(string path) => File.ReadAllText(FullPath(path));

    public static XDocument Xml(string path) => XDocument.Load(FullPath(path));

    /// <summary>The text of a file, or null where it is binary.</summary>
    public static string? TextOrNull(string path)
    {
        var bytes = File.ReadAllBytes(FullPath(path));
        return bytes.AsSpan().Contains((byte)0) ? null : Encoding.UTF8.GetString(bytes);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Assay.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Assay.slnx above {AppContext.BaseDirectory}: the house rules need the sources.");
    }

    private static List<string> ListFiles()
    {
        var ignored = File.ReadAllLines(Path.Combine(Root, ".gitignore")).Where(l => l.EndsWith('/')).Select(l => l.Trim('/')).Append(".git").ToHashSet();
        var found = new List<string>();
        Collect(new DirectoryInfo(Root), ignored, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Collect(DirectoryInfo folder, HashSet<string> ignored, List<string> found)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            // A link may lead out of the repository; what it names is not ours to check.
            if (ignored.Contains(entry.Name) || entry.LinkTarget is not null)
            {
                continue;
            }

            if (entry is DirectoryInfo inner)
            {
                Collect(inner, ignored, found);
                continue;
            }

            found.Add(Path.GetRelativePath(Root, entry.FullName).Replace('\\', '/'));
            (found.Count <= MostFiles).ShouldBeTrue($"More than {MostFiles} files below {Root}: is something missing in .gitignore?");
        }
    }
}
