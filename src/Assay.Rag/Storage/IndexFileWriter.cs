using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Assay.Files;
using Assay.Hashing;

namespace Assay.Rag.Storage;

/// <summary>
/// Collects named sections and writes them as one index file. Layout, little endian:
/// magic, version, section count, total length, checksum, kind, then (name, offset, length) for each section, then the sections, each at a multiple of 64 bytes.
/// </summary>
internal sealed class IndexFileWriter(string kind)
{
    /// <summary>The longest array of bytes: a file is put together in memory.</summary>
    public const int MostBytes = 0x7FFFFFC7;

    private readonly List<(string Name, byte[] Bytes)> sections = [];

    public void Add(string name, ReadOnlySpan<byte> bytes) => sections.Add((name, bytes.ToArray()));

    public void Add<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged => Add(name, MemoryMarshal.AsBytes(values));

    /// <summary>Writes the file aside and renames it into place; returns its size in bytes.</summary>
    public long Write(string path)
    {
        var bytes = ToBytes();
        AtomicFile.Write(path, stream => stream.Write(bytes));
        return bytes.Length;
    }

    /// <summary>What to say of an index that one file cannot hold.</summary>
    public static AssayException TooLarge(string kind, long bytes) =>
        AssayException.Usage($"The {kind} index would take {bytes:N0} bytes; one index file holds at most 2 GB.", "Split the corpus and index the parts.");

    private byte[] ToBytes()
    {
        var offset = IndexFile.Align(IndexFile.HeaderLength + (sections.Count * IndexFile.EntryLength));
        var offsets = new List<long>();
        foreach (var (_, content) in sections)
        {
            offsets.Add(offset);
            offset = IndexFile.Align(offset + content.Length);
        }

        if (offset > MostBytes)
        {
            throw TooLarge(kind, offset);
        }

        var file = new byte[offset];
        WriteSections(file, offsets);
        WriteHeader(file);
        return file;
    }

    private void WriteSections(byte[] file, List<long> offsets)
    {
        for (var i = 0; i < sections.Count; i++)
        {
            var (name, content) = sections[i];
            var entry = file.AsSpan(IndexFile.HeaderLength + (i * IndexFile.EntryLength), IndexFile.EntryLength);
            IndexFile.WriteName(entry[..IndexFile.NameLength], name);
            BinaryPrimitives.WriteInt64LittleEndian(entry[IndexFile.NameLength..], offsets[i]);
            BinaryPrimitives.WriteInt64LittleEndian(entry[(IndexFile.NameLength + 8)..], content.Length);
            content.CopyTo(file.AsSpan((int)offsets[i]));
        }
    }

    private void WriteHeader(byte[] file)
    {
        var header = file.AsSpan(0, IndexFile.HeaderLength);
        IndexFile.Magic.CopyTo(header);
        IndexFile.WriteName(header.Slice(40, IndexFile.NameLength), kind);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], IndexFile.FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], sections.Count);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], file.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], XxHash64.Hash(file.AsSpan(IndexFile.HeaderLength)));
    }
}
