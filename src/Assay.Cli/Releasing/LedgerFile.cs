using Assay.Files;
using Assay.Releases.Ledger;

namespace Assay.Cli.Releasing;

/// <summary>The lines of an exported ledger.</summary>
internal static class LedgerFile
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="AssayException">It cannot be read (exit code 2).</exception>
    public static Stream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read '{path}': {e.Message}", "Name a file that `assay release export` wrote.", e);
        }
    }

    /// <summary>Lines, each a copy of its own; one that is longer than any link is given as it begins.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Lines(Stream stream)
    {
        var reader = new Utf8LineReader(stream, LedgerLine.Longest);
        while (Next(reader) is { } line)
        {
            yield return line;
        }
    }

    private static byte[]? Next(Utf8LineReader reader) => reader.TryRead(out var line, out _) ? line.ToArray() : null;
}
