using Assay.Experimentation.Flags;
using Assay.Files;

namespace Assay.Experimentation.Clients;

/// <summary>The last good snapshot on disk. What cannot be read is as if it were not there; what cannot be written is told, and the service goes on.</summary>
/// <param name="path">Where it is; null or empty for nowhere.</param>
internal sealed class SnapshotFile(string? path)
{
    /// <summary>Whether there is a place for it.</summary>
    public bool IsKept => !string.IsNullOrEmpty(path);

    /// <summary>What an earlier process kept.</summary>
    public SnapshotReading Read()
    {
        if (!IsKept || !File.Exists(path))
        {
            return new SnapshotReading(Snapshot: null, Fault: null);
        }

        try
        {
            return new FileInfo(path).Length > Flags.Snapshot.MaxBytes
                ? new SnapshotReading(Snapshot: null, $"it has more than {Flags.Snapshot.MaxBytes} bytes")
                : SnapshotReading.Of(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SnapshotReading(Snapshot: null, e.Message);
        }
    }

    /// <summary>Keeps a snapshot that was read without fault; why it could not, or null.</summary>
    public string? Write(byte[] json)
    {
        if (!IsKept)
        {
            return null;
        }

        try
        {
            AtomicFile.Write(path!, stream => stream.Write(json));
            return null;
        }
        catch (AssayException e)
        {
            return e.Message;
        }
    }
}

/// <summary>What bytes held.</summary>
/// <param name="Snapshot">The snapshot; null when there is none, or it is bad.</param>
/// <param name="Fault">What is bad about it; null when nothing is.</param>
internal sealed record SnapshotReading(Snapshot? Snapshot, string? Fault)
{
    /// <summary>Reads a snapshot; one that is bad in any way is a fault, never an exception.</summary>
    public static SnapshotReading Of(byte[] json)
    {
        try
        {
            return new SnapshotReading(Flags.Snapshot.FromJson(json), Fault: null);
        }
        // Bytes from a network or a disk: whatever reading them throws means that they are no snapshot.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new SnapshotReading(Snapshot: null, e.Message);
        }
    }
}
