namespace Assay.Files;

/// <summary>Writes whole files so that a reader, or the next start after a crash, sees the old content or the new one, never half of it.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Lets <paramref name="write"/> fill a file beside <paramref name="path"/>, forces it to disk and renames it into place.
    /// Nothing is left behind when <paramref name="write"/> throws.
    /// </summary>
    /// <exception cref="AssayException">The folder cannot be written to or the disk is full (exit code 4).</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        var aside = full + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Rename(aside, full, overwrite: true);
        }
        // .NET reports a file above the size that the system allows as an argument out of range.
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or ArgumentOutOfRangeException { TargetSite.DeclaringType.Namespace: "System.IO" or "System.IO.Strategies" }
            )
        {
            Forget(aside);
            throw AssayException.Infrastructure(
                $"Cannot write '{full}': {e.Message}",
                "Check that the folder is writable and that the disk has room, or name another place.",
                e
            );
        }
        catch
        {
            Forget(aside);
            throw;
        }
    }

    /// <summary>Writes UTF-8 text without a byte order mark; see <see cref="Write"/>.</summary>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// Renames a file within a file system and forces the new name to disk. Where the system forces no folder to disk the file is in place all the
    /// same, and a crash of the machine may bring back what was there before.
    /// </summary>
    /// <param name="from">The file.</param>
    /// <param name="to">Its new name.</param>
    /// <param name="overwrite">Whether a file of that name is replaced.</param>
    /// <exception cref="IOException">The file cannot be renamed.</exception>
    public static void Rename(string from, string to, bool overwrite)
    {
        File.Move(from, to, overwrite);
        FolderSync.TryFlush(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    private static void Forget(string aside)
    {
        try
        {
            File.Delete(aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one worth reporting; the aside file is overwritten by the next attempt.
        }
    }
}
