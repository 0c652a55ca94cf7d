using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Assay.Models.Calls;

namespace Assay.Models.Caching;

/// <summary>SHA-256 over everything that decides an answer: endpoint, model, request, prompt version, repeat. Keys and headers are not in it.</summary>
/// <param name="A">The first eight bytes.</param>
/// <param name="B">The next.</param>
/// <param name="C">The next.</param>
/// <param name="D">The last.</param>
internal readonly record struct CacheKey(ulong A, ulong B, ulong C, ulong D)
{
    public const int Bytes = SHA256.HashSizeInBytes;

    /// <summary>Changed when the same request would mean something else.</summary>
    private const string Version = "assay response 1";

    public static CacheKey Of(Uri endpoint, CallRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Version);
        // Without user info: a secret in an address does not belong into a key that is written to disk.
        Add(hash, endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped));
        Add(hash, request.Model);
        Add(hash, request.Prompt);
        Span<byte> repeat = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(repeat, request.Repeat);
        Add(hash, repeat);
        Add(hash, request.Body.Span);
        Span<byte> result = stackalloc byte[Bytes];
        hash.GetHashAndReset(result);
        return Read(result);
    }

    public static CacheKey Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<CacheKey>(bytes);

    public void Write(Span<byte> into) => MemoryMarshal.Write(into, in this);

    // The length before each part keeps "ab" + "c" apart from "a" + "bc".
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }

    private static void Add(IncrementalHash hash, string part) => Add(hash, Encoding.UTF8.GetBytes(part));
}
