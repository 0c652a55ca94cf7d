using System.Buffers.Binary;
using System.Security.Cryptography;
using Assay.Stores;

namespace Assay.Server.Intake.Logs;

/// <summary>
/// Idempotency keys of log records, which have no ids of their own: half of a SHA-256 over source and record. Records of one request that are
/// equal get keys one after the other, so that the same request sent again gives the same keys.
/// </summary>
internal sealed class LogKeys
{
    private readonly Dictionary<UInt128, int> seen = [];
    private readonly byte[] sourceHash = new byte[SHA256.HashSizeInBytes];
    private TelemetrySource? hashed;

    /// <summary>The key of a record.</summary>
    public UInt128 Next(TelemetrySource source, ReadOnlySpan<byte> record)
    {
        if (!ReferenceEquals(hashed, source))
        {
            Hash(source);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var both = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        both.AppendData(sourceHash);
        both.AppendData(record);
        both.GetHashAndReset(hash);
        var key = BinaryPrimitives.ReadUInt128BigEndian(hash);
        var ordinal = seen[key] = seen.GetValueOrDefault(key, -1) + 1;
        return key + (UInt128)ordinal;
    }

    private void Hash(TelemetrySource source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(source.Resource.Span);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(source.Scope));
        hash.GetHashAndReset(sourceHash);
        hashed = source;
    }
}
