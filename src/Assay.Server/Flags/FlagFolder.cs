using Assay.Catalogs;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Flags;

namespace Assay.Server.Flags;

/// <summary>The catalog's files of flags and experiments, and whether they changed since they were read.</summary>
/// <param name="catalogFolder">The catalog.</param>
internal sealed class FlagFolder(string catalogFolder)
{
    // Null when the files could not be read: permissions change without a file's time, so that they count as changed until they are read.
    private IReadOnlyList<FileMark>? seen = [];

    /// <summary>Where the files of flags are.</summary>
    public string Flags { get; } = Path.Combine(catalogFolder, "flags");

    private string Experiments { get; } = Path.Combine(catalogFolder, "experiments");

    /// <summary>Whether a file changed, came or went since <see cref="Read"/>, or could not be read then.</summary>
    /// <exception cref="AssayException">The folder cannot be read (exit code 2).</exception>
    public bool HasChanged() => Marks() is var marks && (seen is null || !marks.SequenceEqual(seen));

    /// <summary>Reads the files.</summary>
    /// <exception cref="AssayException">A file is wrong (exit code 2).</exception>
    public FolderContent Read()
    {
        seen = Marks();
        try
        {
            return new FolderContent(FlagCatalog.Read(catalogFolder), ExperimentCatalog.Read(catalogFolder));
        }
        catch (AssayException e) when (IsUnread(e.InnerException))
        {
            seen = null;
            throw;
        }
        catch (Exception e) when (IsUnread(e))
        {
            throw Unread(e);
        }
    }

    private List<FileMark> Marks()
    {
        try
        {
            return
            [
                .. CatalogFile
                    .In(Flags)
                    .Concat(CatalogFile.In(Experiments))
                    .Select(path => new FileInfo(path))
                    .Select(f => new FileMark(f.FullName, f.Exists ? f.LastWriteTimeUtc : default, f.Exists ? f.Length : 0)),
            ];
        }
        catch (Exception e) when (IsUnread(e))
        {
            throw Unread(e);
        }
    }

    private AssayException Unread(Exception cause)
    {
        seen = null;
        return AssayException.Usage($"'{catalogFolder}' cannot be read: {cause.Message}", "Check the folder and its permissions.", cause);
    }

    private static bool IsUnread(Exception? cause) => cause is IOException or UnauthorizedAccessException;

    private sealed record FileMark(string Path, DateTime Written, long Bytes);
}

/// <summary>What the files say.</summary>
internal sealed record FolderContent(IReadOnlyList<FlagFile> Flags, IReadOnlyList<ExperimentFile> Experiments);
