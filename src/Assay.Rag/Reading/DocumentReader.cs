namespace Assay.Rag.Reading;

/// <summary>
/// Reads files and folders as a stream of documents, in the order of the paths given and, within a folder, of the relative paths.
/// One document is in memory at a time; what grows is the set of ids and about 40 bytes a document to know duplicates.
/// </summary>
internal sealed class DocumentReader(ReadOptions options)
{
    private readonly ReadOptions _options = options.Validated();
    private readonly SourceWalk _walk = new();
    private readonly DocumentIds _ids = new();
    private readonly ContentHashes _contents = new();
    private readonly Dictionary<string, string> _filesRead = new(StringComparer.Ordinal);

    /// <summary>How many files in folders were passed by so far, by lower-case extension ("" for none).</summary>
    public IReadOnlyDictionary<string, int> SkippedByExtension => _walk.SkippedByExtension;

    /// <summary>How many bytes of files were read so far; to be held against <see cref="InputSize"/>.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Checks the paths at once and reads while the result is enumerated. To be called once.</summary>
    /// <exception cref="AssayException">A named path is missing, or is a file of another kind (exit code 2).</exception>
    public IEnumerable<ReadItem> Read(IEnumerable<string> paths, CancellationToken cancellation)
    {
        var named = paths.ToList();
        SourceWalk.Check(named);
        return Stream(named, cancellation);
    }

    private IEnumerable<ReadItem> Stream(List<string> paths, CancellationToken cancellation)
    {
        foreach (var found in _walk.Walk(paths))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var item in found.Bad is { } bad ? [bad] : Read(found.File!))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return item;
            }
        }
    }

    private IEnumerable<ReadItem> Read(SourceFile file)
    {
        var real = RealPath.Of(file.Path);
        if (!_filesRead.TryAdd(real, file.Path))
        {
            return [new DuplicateDocument(file.Path, _filesRead[real])];
        }

        _contents.Enter(file.Path);
        return file.Format == SourceFormat.JsonLines ? Lines(file) : [Whole(file)];
    }

    private ReadItem Whole(SourceFile file)
    {
        var whole = new WholeFile(file, _options, _contents, _ids);
        var item = whole.Read();
        BytesRead += whole.Bytes;
        return item;
    }

    private IEnumerable<ReadItem> Lines(SourceFile file)
    {
        var (lines, bad) = Open(file);
        if (bad is not null)
        {
            yield return bad;
            yield break;
        }

        var before = BytesRead;
        using (lines)
        {
            while (lines!.TryNext(out var item))
            {
                BytesRead = before + lines.BytesRead;
                yield return item;
            }
        }
    }

    private (JsonLinesFile? Lines, BadDocument? Bad) Open(SourceFile file)
    {
        try
        {
            return (new JsonLinesFile(file, _ids, _options.SkipDuplicates ? _contents : null), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, file.Unreadable(e));
        }
    }
}
