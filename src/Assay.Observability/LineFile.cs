using Microsoft.Win32.SafeHandles;

namespace Assay.Observability;

/// <summary>
/// A file that grows by whole lines: each append is one write at the end, a failed one is taken back,
/// and a half line that a killed process left is closed before the first.
/// </summary>
internal sealed class LineFile : IDisposable
{
    private readonly SafeFileHandle handle;
    private readonly bool seekable;

    private LineFile(SafeFileHandle handle)
    {
        this.handle = handle;
        seekable = IsSeekable(handle);
        if (seekable)
        {
            CloseHalfLine();
        }
    }

    /// <summary>Opens or creates the file with its folders.</summary>
    /// <exception cref="AssayException">The folder cannot be made or the file cannot be written (exit code 4).</exception>
    public static LineFile Open(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            return new LineFile(File.OpenHandle(full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure($"Cannot write '{full}': {e.Message}", "Name a file in a folder that is writable, or turn this output off.", e);
        }
    }

    /// <summary>Appends whole lines; false when the file did not take them, and then none of them is in it.</summary>
    public bool TryAppend(ReadOnlySpan<byte> lines)
    {
        long end = 0;
        try
        {
            // The end is asked for each time: another process may append too, or have cut the file.
            end = seekable ? RandomAccess.GetLength(handle) : 0;
            RandomAccess.Write(handle, lines, end);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            TakeBack(end);
            return false;
        }
    }

    /// <summary>Forces what was appended to the disk; false when the disk did not take it.</summary>
    public bool TryFlushToDisk()
    {
        try
        {
            if (seekable)
            {
                RandomAccess.FlushToDisk(handle);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private static bool IsSeekable(SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle) >= 0;
        }
        catch (NotSupportedException)
        {
            // A pipe or a terminal: what is written is gone, there is no end to look at.
            return false;
        }
    }

    private void CloseHalfLine()
    {
        var length = RandomAccess.GetLength(handle);
        Span<byte> last = stackalloc byte[1];
        if (length > 0 && RandomAccess.Read(handle, last, length - 1) == 1 && last[0] != (byte)'\n')
        {
            RandomAccess.Write(handle, "\n"u8, length);
        }
    }

    private void TakeBack(long end)
    {
        try
        {
            if (seekable && RandomAccess.GetLength(handle) > end)
            {
                RandomAccess.SetLength(handle, end);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The failed append was reported; the next start closes the half line.
        }
    }
}
