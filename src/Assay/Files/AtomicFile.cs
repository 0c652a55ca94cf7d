using System.Buffers;

namespace Assay.Files;

/// <summary>Writes whole files so that a reader, or the next start after a crash, sees the old content or the new one, never half of it.</summary>
public static class AtomicFile
{
    /// <summary>The file aside is named <c>name.PROCESS-NUMBER.partial</c>.</summary>
    private const string Ending = ".partial";

    /// <summary>What a killed process left behind is removed when it was not written to for so long.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);

    private static readonly SearchValues<char> Numbers = SearchValues.Create("0123456789-");

    /// <summary>Files aside that this process made.</summary>
    private static int made;

    /// <summary>
    /// Lets <paramref name="write"/> fill a file beside <paramref name="path"/>, forces it to disk and renames it into place. Of two that write one path at a time each
    /// fills a file of its own, and the content of the last one stays. Nothing is left behind when <paramref name="write"/> throws; what a process left that was killed
    /// is removed by a later write to this path.
    /// </summary>
    /// <exception cref="AssayException">The folder cannot be written to or the disk is full (exit code 4).</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        string? aside = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = OpenAside(full))
            {
                aside = stream.Name;
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            RemoveLeftBehind(full, aside);
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

    /// <summary>Opens a new file: where processes do not see each other, as in containers, two of them may have one number.</summary>
    private static FileStream OpenAside(string full)
    {
        const int MostTaken = 100;
        for (var attempt = 1; ; attempt++)
        {
            var aside = $"{full}.{Environment.ProcessId}-{Interlocked.Increment(ref made)}{Ending}";
            try
            {
                return new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
            }
            catch (IOException) when (attempt < MostTaken && File.Exists(aside))
            {
                // Taken; the next number is not.
            }
        }
    }

    /// <summary>Removes old files aside of this path. The time is the file system's: that of the file written just now.</summary>
    private static void RemoveLeftBehind(string full, string aside)
    {
        try
        {
            var now = File.GetLastWriteTimeUtc(aside);
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(full)!, $"{Path.GetFileName(full)}.*{Ending}"))
            {
                if (IsAside(file, full) && now - File.GetLastWriteTimeUtc(file) > LeftBehind)
                {
                    Forget(file);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It takes room and harms nobody; the next write to this path tries again.
        }
    }

    private static bool IsAside(string file, string full)
    {
        var name = file.AsSpan(full.Length + 1);
        return name.EndsWith(Ending, StringComparison.Ordinal) && !name[..^Ending.Length].ContainsAnyExcept(Numbers);
    }

    private static void Forget(string? aside)
    {
        try
        {
            if (aside is not null)
            {
                File.Delete(aside);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one worth reporting; what is left is removed by a later write.
        }
    }
}
