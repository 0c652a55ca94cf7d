using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Assay.Rag.Reading;

/// <summary>
/// Which content was seen where. A document costs about 40 bytes here: half of its SHA-256 and a place, no text
/// (128 bits leave one chance in 10^20 of a clash among 10^9 documents).
/// </summary>
internal sealed class ContentHashes
{
    private readonly Dictionary<UInt128, Place> _seen = [];
    private readonly List<string> _files = [];

    /// <summary>Names the file that the next contents come from.</summary>
    public void Enter(string path) => _files.Add(path);

    /// <summary>The source that had this content first, or none when this is the first.</summary>
    public string? FirstSource(string title, string text, int line)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_seen, Hash(title, text), out var seen);
        if (seen)
        {
            return place.Line == 0 ? _files[place.File] : $"{_files[place.File]}#{place.Line}";
        }

        place = new Place(_files.Count - 1, line);
        return null;
    }

    private static UInt128 Hash(string title, string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (title.Length == 0)
        {
            SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        }
        else
        {
            SHA256.HashData(MemoryMarshal.AsBytes(string.Concat(title, "\0", text).AsSpan()), hash);
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(int File, int Line);
}
