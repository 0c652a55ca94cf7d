using System.Buffers.Binary;

namespace Assay.Embedded.Safety;

/// <summary>The first bytes of a database; https://www.sqlite.org/fileformat.html#the_database_header.</summary>
internal static class DatabaseHeader
{
    private const int PageSizeAt = 16;
    private const int Length = 100;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Why this cannot be a whole database, in words; null when it can.</summary>
    /// <exception cref="AssayException">The file cannot be read (exit code 4).</exception>
    public static string? Fault(string path)
    {
        try
        {
            Span<byte> header = stackalloc byte[Length];
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var read = stream.ReadAtLeast(header, Length, throwOnEndOfStream: false);
            return read == 0 ? "it is empty"
                : read < Length || !header.StartsWith(Magic) ? "it does not begin as a database does"
                : HasLog(path) || stream.Length % PageBytes(header) == 0 ? null
                : "its last page is cut";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure($"'{path}' cannot be read: {e.Message}", "Check that it is a file and that it belongs to you.", e);
        }
    }

    // A page that was being written when the process was killed is in the log.
    private static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    // 1 stands for 65,536, which does not fit.
    private static int PageBytes(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt16BigEndian(header[PageSizeAt..]) switch
        {
            0 => 512,
            1 => 65_536,
            var bytes => bytes,
        };
}
