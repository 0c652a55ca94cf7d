using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text;
using Assay.Hashing;

namespace Assay.Rag.Storage;

/// <summary>A memory-mapped index file: versioned, checksummed, read in place.</summary>
internal sealed unsafe class IndexFile : IDisposable
{
    /// <summary>Rises when the layout changes; an older file is refused with the advice to index again.</summary>
    public const int FormatVersion = 1;

    public const int HeaderLength = 64;
    public const int NameLength = 16;
    public const int EntryLength = NameLength + 16;
    private const int MaxSections = 64;

    private readonly string path;
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly Dictionary<string, (long Offset, int Length)> sections = [];
    private byte* start;

    private IndexFile(string path, MemoryMappedFile map, MemoryMappedViewAccessor view)
    {
        this.path = path;
        this.map = map;
        this.view = view;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    public static ReadOnlySpan<byte> Magic => "ASSAYIX\0"u8;

    public long Length { get; private set; }

    /// <summary>Maps the file and checks magic, kind, version, length and checksum.</summary>
    /// <exception cref="AssayException">The file is missing, foreign, truncated, damaged or of another version (exit code 2).</exception>
    public static IndexFile Open(string path, string kind)
    {
        var length = LengthOf(path);
        if (length < HeaderLength)
        {
            throw Broken(path, $"it is only {length} bytes long");
        }

        var mapped = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
        var file = new IndexFile(path, mapped, mapped.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read)) { Length = length };
        try
        {
            file.Check(kind, length);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The raw bytes of a section.</summary>
    public ReadOnlySpan<byte> Section(string name)
    {
        var (offset, length) = Find(name);
        return new ReadOnlySpan<byte>(start + offset, length);
    }

    /// <summary>A section as values of <typeparamref name="T"/>; valid until the file is disposed.</summary>
    public ReadOnlySpan<T> Section<T>(string name)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Section(name));

    /// <summary>Where a section starts in memory; valid until the file is disposed.</summary>
    public byte* Pointer(string name) => start + Find(name).Offset;

    public void Dispose()
    {
        if (start is not null)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            start = null;
        }

        view.Dispose();
        map.Dispose();
    }

    internal static long Align(long offset) => (offset + 63) & ~63L;

    internal static void WriteName(Span<byte> into, string name)
    {
        into.Clear();
        Encoding.ASCII.GetBytes(name, into);
    }

    private static long LengthOf(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (IOException e)
        {
            throw AssayException.Usage(
                $"There is no index file '{path}'.",
                "Build the index with `assay rag run FOLDER --out OUT` and name OUT with --index.",
                e
            );
        }
    }

    private static AssayException Broken(string path, string why) =>
        AssayException.Usage($"'{path}' is not a usable Assay index: {why}.", "Build the index again with `assay rag run`.");

    private static string ReadName(ReadOnlySpan<byte> from) => Encoding.ASCII.GetString(from.TrimEnd((byte)0));

    private void Check(string kind, long length)
    {
        var header = new ReadOnlySpan<byte>(start, HeaderLength);
        if (!header[..8].SequenceEqual(Magic))
        {
            throw Broken(path, "it does not start as one");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
        if (version != FormatVersion)
        {
            throw Broken(path, $"it has format version {version}, this program reads version {FormatVersion}");
        }

        var found = ReadName(header.Slice(40, NameLength));
        if (found != kind)
        {
            throw Broken(path, $"it holds '{found}', '{kind}' was expected");
        }

        var written = BinaryPrimitives.ReadInt64LittleEndian(header[24..]);
        if (written != length || length > int.MaxValue)
        {
            throw Broken(path, $"it is {length:N0} bytes long, {written:N0} were written (truncated?)");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(header[32..]) != XxHash64.Hash(new ReadOnlySpan<byte>(start + HeaderLength, (int)length - HeaderLength)))
        {
            throw Broken(path, "its checksum does not match its content");
        }

        ReadSections(BinaryPrimitives.ReadInt32LittleEndian(header[20..]), length);
    }

    private void ReadSections(int count, long length)
    {
        if (count is < 0 or > MaxSections || HeaderLength + (count * EntryLength) > length)
        {
            throw Broken(path, "its table of sections is damaged");
        }

        for (var i = 0; i < count; i++)
        {
            var entry = new ReadOnlySpan<byte>(start + HeaderLength + (i * EntryLength), EntryLength);
            var offset = BinaryPrimitives.ReadInt64LittleEndian(entry[NameLength..]);
            var size = BinaryPrimitives.ReadInt64LittleEndian(entry[(NameLength + 8)..]);
            if (offset < 0 || size < 0 || offset + size > length)
            {
                throw Broken(path, "its table of sections is damaged");
            }

            sections[ReadName(entry[..NameLength])] = (offset, (int)size);
        }
    }

    private (long Offset, int Length) Find(string name) =>
        sections.TryGetValue(name, out var section) ? section : throw Broken(path, $"it lacks the section '{name}'");
}
