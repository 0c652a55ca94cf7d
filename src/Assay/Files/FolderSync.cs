using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Assay.Files;

/// <summary>
/// Forces the names in a folder to disk. On Linux a renamed file is on disk, but its name may not be until its folder is; .NET opens no folders.
/// Elsewhere nothing is done: NTFS keeps names in its own journal, and macOS writes them with the file's full flush.
/// </summary>
internal static partial class FolderSync
{
    // O_RDONLY, the same on every architecture.
    private const int ReadOnly = 0;

    /// <summary>Forces the folder to disk; false when the system does not do that for this folder, as some network drives.</summary>
    public static bool TryFlush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using var handle = new SafeFileHandle(Open(folder, ReadOnly), ownsHandle: true);
        return !handle.IsInvalid && Sync(handle) == 0;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(SafeFileHandle handle);
}
