namespace Assay.Embedded.Folders;

/// <summary>A lock of the operating system on a file: it ends with the process, however that ends.</summary>
internal static class FolderLock
{
    /// <summary>Takes the lock, which is held until the stream is closed; null when another process has it.</summary>
    public static FileStream? TryTake(string path) => TryOpen(path, PrivatePlace.Opening(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    /// <summary>Whether somebody has the lock. The look itself shares the lock for an instant.</summary>
    public static bool IsTaken(string path)
    {
        try
        {
            using var free = TryOpen(path, PrivatePlace.Opening(FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return free is null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static FileStream? TryOpen(string path, FileStreamOptions options)
    {
        try
        {
            options.BufferSize = 0;
            return new FileStream(path, options);
        }
        catch (IOException e) when (IsTakenByAnother(e))
        {
            return null;
        }
    }

    // EWOULDBLOCK of flock on Linux and on macOS, and ERROR_SHARING_VIOLATION.
    private static bool IsTakenByAnother(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);
}
