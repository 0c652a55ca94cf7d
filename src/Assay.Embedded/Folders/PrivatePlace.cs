using Assay.Files;

namespace Assay.Embedded.Folders;

/// <summary>Folders and files that only their owner may read: 0700 and 0600. Windows gives them the rights of the folder above.</summary>
internal static class PrivatePlace
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder; one that exists keeps its rights, it may hold more than ours.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode);
        }
    }

    /// <summary>How a file is opened that may have to be made.</summary>
    public static FileStreamOptions Opening(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
        };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    /// <summary>Writes a whole file; see <see cref="AtomicFile"/>.</summary>
    public static void Write(string path, Action<Stream> write) =>
        AtomicFile.Write(
            path,
            stream =>
            {
                if (!OperatingSystem.IsWindows() && stream is FileStream file)
                {
                    File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
                }

                write(stream);
            }
        );
}
