namespace Assay.Rag.Reading;

/// <summary>What a walk comes across: a file to read, or a place that cannot be read.</summary>
internal readonly record struct Found(SourceFile? File, BadDocument? Bad);

/// <summary>
/// Finds the files to read: the named paths in the order given, the files of a folder in ordinal order of their relative paths.
/// Hidden files and folders are passed by. Only one folder's names are in memory at a time for each level of depth.
/// </summary>
internal sealed class SourceWalk
{
    /// <summary>More kinds of extensions than this are counted together as <c>other</c>.</summary>
    private const int MaxExtensions = 100;

    private readonly SortedDictionary<string, int> _skipped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _walked = new(StringComparer.Ordinal);

    /// <summary>How many files in folders were passed by, by lower-case extension ("" for none).</summary>
    public IReadOnlyDictionary<string, int> SkippedByExtension => _skipped;

    /// <summary>Checks what was named before anything is read, so that a slip of the hand costs nothing.</summary>
    public static void Check(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            throw AssayException.Usage("There is nothing to read.", $"Name at least one folder or file ({SourceFile.Supported}).");
        }

        foreach (var path in paths)
        {
            CheckOne(path);
        }
    }

    public IEnumerable<Found> Walk(IReadOnlyList<string> paths) => paths.SelectMany(path => Directory.Exists(path) ? Folder(path) : [Named(path)]);

    private static void CheckOne(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw AssayException.Usage("A path is empty.", "Name a folder or a file.");
        }

        if (Directory.Exists(path))
        {
            return;
        }

        if (!File.Exists(path))
        {
            throw AssayException.Usage($"'{path}' does not exist.", "Check the path; it is relative to the current folder.");
        }

        if (SourceFile.FormatOf(path) is null)
        {
            throw AssayException.Usage(
                $"'{path}' is of a kind that is not read ('{Path.GetExtension(path)}').",
                $"Name files of these kinds: {SourceFile.Supported}, or a folder that holds them."
            );
        }
    }

    private static Found Named(string path) => new(new SourceFile(path, Path.GetFileName(path), SourceFile.FormatOf(path)!.Value), null);

    private IEnumerable<Found> Folder(string path)
    {
        var root = RealPath.Of(path);
        return _walked.Add(root) ? Below(new Place(path, "", root), root) : [];
    }

    private IEnumerable<Found> Below(Place place, string root)
    {
        var (entries, bad) = List(place.Path);
        if (bad is not null)
        {
            yield return new Found(null, bad);
        }

        foreach (var entry in entries)
        {
            var relative = place.Relative + entry.Name;
            var path = Path.Combine(place.Path, entry.Name);
            if (entry.IsFolder)
            {
                foreach (var found in Enter(place, entry, path, relative, root))
                {
                    yield return found;
                }
            }
            else if (SourceFile.FormatOf(entry.Name) is { } format)
            {
                yield return new Found(new SourceFile(path, relative, format), null);
            }
            else
            {
                Skip(Path.GetExtension(entry.Name).ToLowerInvariant());
            }
        }
    }

    private IEnumerable<Found> Enter(Place place, Entry entry, string path, string relative, string root)
    {
        var real = entry.IsLink ? RealPath.Of(path) : Path.Combine(place.Real, entry.Name);
        // A link into the folder being read would show files twice and one to a folder above it would never end.
        var circular = entry.IsLink && (RealPath.Holds(root, real) || RealPath.Holds(real, root));
        return circular || !_walked.Add(real) ? [] : Below(new Place(path, relative + "/", real), root);
    }

    private static (List<Entry> Entries, BadDocument? Bad) List(string folder)
    {
        var entries = new List<Entry>();
        try
        {
            var visible = new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(e => e.Name[0] != '.' && !e.Attributes.HasFlag(FileAttributes.Hidden));
            entries.AddRange(visible.Select(e => new Entry(e.Name, Directory.Exists(e.FullName), e.LinkTarget is not null)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            entries.Sort(Entry.ByPath);
            return (entries, new BadDocument(folder, null, $"The folder cannot be listed: {e.Message}", "Check the permissions of the folder."));
        }

        entries.Sort(Entry.ByPath);
        return (entries, null);
    }

    private void Skip(string extension)
    {
        var key = _skipped.ContainsKey(extension) || _skipped.Count < MaxExtensions ? extension : "other";
        _skipped[key] = _skipped.GetValueOrDefault(key) + 1;
    }

    private readonly record struct Place(string Path, string Relative, string Real);

    private readonly record struct Entry(string Name, bool IsFolder, bool IsLink)
    {
        /// <summary>The order of whole relative paths: 'a-b.md', 'a.md', 'a/b.md'.</summary>
        public static int ByPath(Entry one, Entry other) => string.CompareOrdinal(one.Key, other.Key);

        private string Key => IsFolder ? Name + "/" : Name;
    }
}
