namespace Assay.Rag.Storage;

/// <summary>Keeps two runs from writing into one output folder. The operating system frees it when the holder ends, however it ends.</summary>
internal sealed class OutputLock : IDisposable
{
    private const string FileName = ".lock";
    private readonly FileStream stream;

    private OutputLock(FileStream stream) => this.stream = stream;

    /// <summary>Creates the folder if need be and takes its lock.</summary>
    /// <exception cref="AssayException">The folder cannot be written to, or another run holds it (exit code 4).</exception>
    public static OutputLock Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new OutputLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure(
                $"Cannot write into '{folder}': {e.Message}",
                "Another run may be writing there; else name a folder that you may write to with --out.",
                e
            );
        }
    }

    public void Dispose() => stream.Dispose();
}
