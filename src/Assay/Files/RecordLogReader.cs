using System.Buffers.Binary;
using Assay.Hashing;
using Microsoft.Win32.SafeHandles;

namespace Assay.Files;

/// <summary>Takes one record of a <see cref="RecordLog"/>.</summary>
/// <param name="offset">Where its content begins in the file, for <see cref="RecordLogReader.TryRead"/>.</param>
/// <param name="record">The content; valid during the call only.</param>
public delegate void RecordVisitor(long offset, ReadOnlySpan<byte> record);

/// <summary>Takes the beginning of one record.</summary>
/// <param name="offset">Where its content begins in the file.</param>
/// <param name="length">The content's length, in bytes.</param>
/// <param name="prefix">Its first bytes; valid during the call only.</param>
public delegate void RecordPrefixVisitor(long offset, int length, ReadOnlySpan<byte> prefix);

/// <summary>Where the good part of a file ends.</summary>
/// <param name="Records">Records in it.</param>
/// <param name="GoodBytes">Its length; 0 for a file whose very first bytes are missing.</param>
/// <param name="LeftBytes">Bytes after it that are no records: what a crash tore, or damage.</param>
public sealed record RecordLogEnd(long Records, long GoodBytes, long LeftBytes)
{
    /// <summary>A file without anything in it.</summary>
    public static readonly RecordLogEnd Empty = new(0, 0, 0);
}

/// <summary>Reads a <see cref="RecordLog"/>; also while somebody appends to it.</summary>
public static class RecordLogReader
{
    private const int WindowBytes = 256 << 10;

    /// <summary>Every record in order, up to the first that is torn or damaged. Reads as a stream: memory does not grow with the file.</summary>
    /// <exception cref="AssayException">The file is no record log (exit code 2) or cannot be read (exit code 4).</exception>
    public static RecordLogEnd ReadAll(string path, RecordVisitor visit)
    {
        using var file = Open(path);
        return ReadAll(path, file, visit);
    }

    /// <summary>
    /// The first bytes of every record, without looking at the rest: fast for an index. Nothing is checked against its checksum, which
    /// <see cref="TryRead"/> does when the record is wanted; records shorter than the prefix are passed over.
    /// </summary>
    /// <exception cref="AssayException">See <see cref="ReadAll(string, RecordVisitor)"/>.</exception>
    public static RecordLogEnd ReadPrefixes(string path, int prefix, RecordPrefixVisitor visit)
    {
        using var file = Open(path);
        return Walk(
            path,
            file,
            (window, offset, length) =>
            {
                if (length >= prefix)
                {
                    visit(offset, length, window.Read(offset, prefix));
                }

                return true;
            }
        );
    }

    /// <summary>Opens a file for <see cref="TryRead"/>.</summary>
    /// <exception cref="AssayException">It cannot be read (exit code 4).</exception>
    public static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure($"Cannot read '{path}': {e.Message}", "Check that the file is there and readable.", e);
        }
    }

    /// <summary>One record by its place; false when it is damaged or gone.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the content begins.</param>
    /// <param name="into">As long as the record; undefined when false.</param>
    public static bool TryRead(SafeFileHandle file, long offset, Span<byte> into)
    {
        Span<byte> header = stackalloc byte[RecordLog.HeaderBytes];
        try
        {
            return RandomAccess.Read(file, header, offset - RecordLog.HeaderBytes) == header.Length
                && BinaryPrimitives.ReadUInt32LittleEndian(header) == (uint)into.Length
                && RandomAccess.Read(file, into, offset) == into.Length
                && BinaryPrimitives.ReadUInt64LittleEndian(header[sizeof(uint)..]) == XxHash64.Hash(into, (ulong)into.Length);
        }
        catch (IOException)
        {
            return false;
        }
    }

    internal static RecordLogEnd ReadAll(string path, SafeFileHandle file, RecordVisitor visit) =>
        Walk(
            path,
            file,
            (window, offset, length) =>
            {
                var record = window.Read(offset - sizeof(ulong), sizeof(ulong) + length);
                var content = record[sizeof(ulong)..];
                if (BinaryPrimitives.ReadUInt64LittleEndian(record) != XxHash64.Hash(content, (ulong)length))
                {
                    return false;
                }

                visit(offset, content);
                return true;
            }
        );

    private static RecordLogEnd Walk(string path, SafeFileHandle file, Func<Window, long, int, bool> take)
    {
        var size = RandomAccess.GetLength(file);
        var window = new Window(file);
        if (size < RecordLog.Magic.Length)
        {
            return new RecordLogEnd(0, 0, size);
        }

        if (!window.Read(0, RecordLog.Magic.Length).SequenceEqual(RecordLog.Magic))
        {
            throw AssayException.Usage($"'{path}' is no record log of Assay.", "Name the file that Assay wrote, or move this one away.");
        }

        long records = 0;
        long at = RecordLog.Magic.Length;
        while (at + RecordLog.HeaderBytes <= size)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(window.Read(at, RecordLog.HeaderBytes));
            var next = at + RecordLog.HeaderBytes + length;
            if (length > RecordLog.MaxRecordBytes || next > size || !take(window, at + RecordLog.HeaderBytes, (int)length))
            {
                break;
            }

            records++;
            at = next;
        }

        return new RecordLogEnd(records, at, size - at);
    }

    /// <summary>A part of the file in memory.</summary>
    private sealed class Window(SafeFileHandle file)
    {
        private byte[] bytes = new byte[WindowBytes];
        private long start;
        private int count;

        public ReadOnlySpan<byte> Read(long offset, int length)
        {
            if (offset < start || offset + length > start + count)
            {
                Fill(offset, length);
            }

            return bytes.AsSpan((int)(offset - start), length);
        }

        private void Fill(long offset, int length)
        {
            if (bytes.Length < length)
            {
                bytes = new byte[length];
            }

            start = offset;
            count = 0;
            for (int read; count < length && (read = RandomAccess.Read(file, bytes.AsSpan(count), offset + count)) > 0; )
            {
                count += read;
            }

            if (count < length)
            {
                throw new EndOfStreamException("The file became shorter while it was read.");
            }
        }
    }
}
