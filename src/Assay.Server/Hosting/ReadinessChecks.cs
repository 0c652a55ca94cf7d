using System.Globalization;
using System.Text;
using Assay.Stores;

namespace Assay.Server.Hosting;

/// <summary>Whether the store takes a write: it writes one small document.</summary>
internal sealed class StoreCheck(IDocumentStore documents, TimeProvider time) : IReadinessCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public string Name => "store";

    public async ValueTask<string?> FaultAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var json = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"at":"{{time.GetUtcNow():O}}"}"""));
        try
        {
            await documents.PutAsync(new DocumentWrite("readiness", "store", json), either.Token);
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return $"A write was not done within {Limit.TotalSeconds:0} s. Check the load of the disk that holds the data folder.";
        }
    }
}

/// <summary>Whether the disk of the data folder has room.</summary>
internal sealed class DiskCheck(HubOptions options) : IReadinessCheck
{
    /// <summary>Room for the write-ahead log and a checkpoint.</summary>
    public const long LeastFreeBytes = 256L << 20;

    public string Name => "disk";

    public ValueTask<string?> FaultAsync(CancellationToken cancellationToken)
    {
        var free = new DriveInfo(Path.GetFullPath(options.DataFolder)).AvailableFreeSpace;
        return ValueTask.FromResult(Fault(free, options.DataFolder));
    }

    public static string? Fault(long freeBytes, string folder) =>
        freeBytes >= LeastFreeBytes
            ? null
            : $"{freeBytes >> 20} MiB are free where {folder} is, {LeastFreeBytes >> 20} MiB are needed. Make room, or keep data for a shorter time.";
}

/// <summary>Whether the catalog can be read; a folder that is missing is an empty catalog.</summary>
internal sealed class CatalogCheck(HubOptions options) : IReadinessCheck
{
    public string Name => "catalog";

    public ValueTask<string?> FaultAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(options.CatalogFolder))
        {
            _ = Directory.EnumerateFileSystemEntries(options.CatalogFolder).Any();
        }

        return ValueTask.FromResult<string?>(null);
    }
}
