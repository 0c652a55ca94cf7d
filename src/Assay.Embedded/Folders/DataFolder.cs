using System.Text.Json;

namespace Assay.Embedded.Folders;

/// <summary>
/// A data folder that this process holds: nobody else writes to it until it is disposed or the process ends, however it ends.
/// Others find the holder's address in <c>holder.json</c>.
/// </summary>
public sealed class DataFolder : IDisposable
{
    internal const string DatabaseName = "assay.db";
    private const string LockName = "lock";
    private const string HolderName = "holder.json";

    // Another process that looks who holds the folder shares the lock for microseconds; a holder that took it writes its file within milliseconds.
    private const int MostTries = 20;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(10);

    private readonly FileStream taken;
    private FolderHolder holder;

    private DataFolder(string path, FileStream taken, FolderHolder holder)
    {
        (Path, this.taken, this.holder) = (path, taken, holder);
        WriteHolder();
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    internal string DatabasePath => System.IO.Path.Combine(Path, DatabaseName);

    /// <summary>Takes the folder, and makes it (mode 0700) when it is not there.</summary>
    /// <param name="path">The folder, such as <c>.assay</c>.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="AssayException">Another process holds the folder, or it cannot be written to (exit code 4).</exception>
    public static DataFolder Hold(string path, TimeProvider time)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            PrivatePlace.MakeFolder(full);
            var taken = Try(() => FolderLock.TryTake(System.IO.Path.Combine(full, LockName))) ?? throw Held(full);
            return new DataFolder(full, taken, new FolderHolder(Environment.ProcessId, time.GetUtcNow(), Address: null));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure(
                $"The data folder '{full}' cannot be written to: {e.Message}",
                "Check that it is a folder, that it belongs to you and that the disk has room, or give another folder with --data.",
                e
            );
        }
    }

    /// <summary>Who holds a folder; null when nobody does. A process that died holds nothing.</summary>
    /// <exception cref="AssayException">The folder cannot be read (exit code 4).</exception>
    public static FolderHolder? FindHolder(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            return FolderLock.IsTaken(System.IO.Path.Combine(full, LockName))
                ? Try(() => ReadHolder(full)) ?? new FolderHolder(ProcessId: 0, DateTimeOffset.UnixEpoch, Address: null)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure($"The data folder '{full}' cannot be read: {e.Message}", "Check that it belongs to you.", e);
        }
    }

    /// <summary>Tells other processes where this one listens.</summary>
    /// <param name="address">The base address of the API, such as <c>http://127.0.0.1:5080</c>.</param>
    public void Announce(Uri address)
    {
        holder = holder with { Address = address };
        WriteHolder();
    }

    /// <summary>Writes a file of this folder, whole or not at all, that only its owner may read (mode 0600).</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="AssayException">The disk is full or the folder cannot be written to (exit code 4).</exception>
    public void Write(string name, ReadOnlyMemory<byte> content) =>
        PrivatePlace.Write(System.IO.Path.Combine(Path, name), stream => stream.Write(content.Span));

    /// <summary>Lets the folder go.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(System.IO.Path.Combine(Path, HolderName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the lock the file says nothing; the next holder overwrites it.
        }

        taken.Dispose();
    }

    private static AssayException Held(string path) =>
        AssayException.Infrastructure(
            $"The data folder '{path}' is held by {FindHolder(path)?.ToString() ?? "another process"}.",
            "One process writes to a data folder at a time: use the one that runs, stop it, or give another folder with --data."
        );

    private static FolderHolder? ReadHolder(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(System.IO.Path.Combine(path, HolderName)), FolderHolderJson.Default.FolderHolder);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    private static T? Try<T>(Func<T?> attempt)
        where T : class
    {
        for (var tries = 1; tries < MostTries; tries++)
        {
            if (attempt() is { } result)
            {
                return result;
            }

            Thread.Sleep(BetweenTries);
        }

        return attempt();
    }

    private void WriteHolder() => Write(HolderName, JsonSerializer.SerializeToUtf8Bytes(holder, FolderHolderJson.Default.FolderHolder));
}
