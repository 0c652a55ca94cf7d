using System.Buffers;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Assay.Embedded.Folders;
using Assay.Files;
using Assay.Stores;

namespace Assay.Embedded.Objects;

/// <summary>
/// Objects as plain files under the folder <c>objects</c>. An object is written aside, forced to disk and renamed into place: a reader, or the next start after a
/// crash, sees the old content or the new one.
/// </summary>
internal sealed class FolderObjectStore : IObjectStore
{
    public const string FolderName = "objects";

    // No object's name begins with a dot, so this is nobody's.
    private const string AsideFolder = ".aside";

    private const int CopyBytes = 1 << 16;

    private const int MostListed = 10_000;

    private readonly string root;
    private readonly string aside;
    private long next;

    private FolderObjectStore(string root)
    {
        this.root = root;
        aside = Path.Combine(root, AsideFolder);
    }

    /// <summary>The store in a data folder that this process holds; what an interrupted write left aside is deleted.</summary>
    public static FolderObjectStore Open(DataFolder folder)
    {
        var store = new FolderObjectStore(Path.Combine(folder.Path, FolderName));
        if (Directory.Exists(store.aside))
        {
            Guard("cleared", () => Directory.Delete(store.aside, recursive: true));
        }

        return store;
    }

    public async Task<StoredObject> PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        var path = PathOf(name);
        var temporary = Path.Combine(aside, Interlocked.Increment(ref next).ToString(CultureInfo.InvariantCulture));
        try
        {
            PrivatePlace.MakeFolder(aside);
            var stored = await WriteAsync(name, temporary, content, cancellationToken);
            Place(name, temporary, path);
            return stored;
        }
        catch (SourceFault e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault("written to", e);
        }
        finally
        {
            // Renamed when all went well, and then there is nothing to delete.
            Forget(temporary);
        }
    }

    public Task<Stream?> GetAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        try
        {
            var options = PrivatePlace.Opening(FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            options.Options = FileOptions.Asynchronous | FileOptions.SequentialScan;
            return Task.FromResult<Stream?>(new FileStream(PathOf(name), options));
        }
        catch (Exception e)
            when (e is FileNotFoundException or DirectoryNotFoundException || (e is UnauthorizedAccessException && Directory.Exists(PathOf(name))))
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault("read", e);
        }
    }

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        return Task.FromResult(File.Exists(PathOf(name)));
    }

    public Task<IReadOnlyList<ObjectEntry>> ListAsync(ObjectQuery query, CancellationToken cancellationToken)
    {
        if (query.Limit is < 1 or > MostListed)
        {
            throw AssayException.Usage($"A listing of {query.Limit} objects is not possible.", $"Ask for 1 to {MostListed:#,0}.");
        }

        return Task.Run<IReadOnlyList<ObjectEntry>>(() => Guard("read", () => List(query, cancellationToken)), cancellationToken);
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        return Task.FromResult(Guard("written to", () => Delete(PathOf(name))));
    }

    private static async Task<StoredObject> WriteAsync(string name, string path, Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            await using var file = new FileStream(path, PrivatePlace.Opening(FileMode.Create, FileAccess.Write, FileShare.None));
            int read;
            while ((read = await ReadAsync(content, buffer, cancellationToken)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            file.Flush(flushToDisk: true);
            return new StoredObject(name, file.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer.AsMemory(), cancellationToken);
        }
        catch (IOException e)
        {
            throw new SourceFault(e);
        }
    }

    private void Place(string name, string temporary, string path)
    {
        if (Directory.Exists(path) || FileAbove(path) is not null)
        {
            throw AssayException.Usage($"'{name}' is a folder of other objects, or lies in an object.", "Give a name that is not the folder of another.");
        }

        PrivatePlace.MakeFolder(Path.GetDirectoryName(path)!);
        AtomicFile.Rename(temporary, path, overwrite: true);
    }

    private string? FileAbove(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        while (folder.Length > root.Length)
        {
            if (File.Exists(folder))
            {
                return folder;
            }

            folder = Path.GetDirectoryName(folder)!;
        }

        return null;
    }

    // Names are sorted whole: folder by folder would put "a/b" before "a.b".
    private List<ObjectEntry> List(ObjectQuery query, CancellationToken cancellationToken)
    {
        var found = new List<FileInfo>();
        var folder = new DirectoryInfo(root);
        foreach (var file in folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = NameOf(file);
            var isAsked = name.StartsWith(query.Prefix, StringComparison.Ordinal) && (query.After is null || string.CompareOrdinal(name, query.After) > 0);
            if (isAsked && ObjectName.IsAllowed(name))
            {
                found.Add(file);
            }
        }

        return
        [
            .. found
                .OrderBy(NameOf, StringComparer.Ordinal)
                .Take(query.Limit)
                .Select(file => new ObjectEntry(NameOf(file), file.Length, new DateTimeOffset(file.LastWriteTimeUtc))),
        ];
    }

    private bool Delete(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        File.Delete(path);
        // Folders that hold nothing any more go with their last object, as they do where there are no folders at all.
        for (var folder = Path.GetDirectoryName(path)!; folder.Length > root.Length && !Directory.EnumerateFileSystemEntries(folder).Any(); )
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
        }

        return true;
    }

    private string PathOf(string name) => Path.Combine(root, name.Replace('/', Path.DirectorySeparatorChar));

    private string NameOf(FileInfo file) => Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');

    private static void Forget(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start clears the folder.
        }
    }

    private static void Guard(string done, Action work) =>
        Guard(
            done,
            () =>
            {
                work();
                return true;
            }
        );

    private static T Guard<T>(string done, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(done, e);
        }
    }

    private static AssayException Fault(string done, Exception e) =>
        AssayException.Infrastructure(
            $"The folder of objects cannot be {done}: {e.Message}",
            "Check that the data folder belongs to you and that the disk has room.",
            e
        );

    /// <summary>What is stored broke off: no fault of the disk.</summary>
    private sealed class SourceFault(IOException inner) : Exception(inner.Message, inner);
}
