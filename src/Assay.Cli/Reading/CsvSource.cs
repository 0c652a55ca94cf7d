namespace Assay.Cli.Reading;

/// <summary>Bytes of a CSV file.</summary>
/// <param name="Name">What messages call it: the path as it was given, or <c>standard input</c>.</param>
/// <param name="Bytes">The bytes from the start.</param>
/// <param name="Length">How many, when that is known before reading.</param>
internal sealed record CsvSource(string Name, Stream Bytes, long? Length) : IDisposable
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    private const int BufferBytes = 1 << 16;

    public static CsvSource Open(string path, CommandSurroundings surroundings)
    {
        if (path == StandardInput)
        {
            return new CsvSource("standard input", surroundings.OpenInput(), Length: null);
        }

        if (Directory.Exists(path))
        {
            throw AssayException.Usage($"'{path}' is a folder.", "Give a CSV file.");
        }

        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
            return new CsvSource(path, file, file.CanSeek ? file.Length : null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw AssayException.Usage($"The file '{path}' does not exist.", "Give the path of a CSV file, or - for standard input.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw AssayException.Usage($"The file '{path}' cannot be read: {e.Message}", "Check the path and its permissions.", e);
        }
    }

    public void Dispose() => Bytes.Dispose();
}
