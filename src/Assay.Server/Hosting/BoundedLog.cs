namespace Assay.Server.Hosting;

/// <summary>
/// The hub's log as a stream that takes whole lines with each write. A file that would grow beyond its bound is put aside as <c>.1</c>, the one
/// before as <c>.2</c>, and the oldest goes: the log never fills the disk. Not for several threads at once.
/// </summary>
internal sealed class BoundedLog : Stream
{
    /// <summary>Files, the one that is written to included.</summary>
    public const int Files = 3;

    /// <summary>The size of each, in bytes.</summary>
    public const long FileBytes = 10_000_000;

    private readonly string path;
    private readonly long most;
    private FileStream file;

    /// <summary>Opens the log and goes on at its end.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="most">The size of each file in bytes.</param>
    /// <exception cref="AssayException">The file cannot be written (exit code 4).</exception>
    public BoundedLog(string path, long most = FileBytes)
    {
        (this.path, this.most) = (path, most);
        try
        {
            OwnerOnly.MakeFolder(Path.GetDirectoryName(path)!);
            file = Open();
            EndHalfLine();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure($"The log '{path}' cannot be written: {e.Message}", "Check that the folder belongs to you and is writable.", e);
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes lines; none of them is in the file when it throws.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (file.Length > 0 && file.Length + buffer.Length > most)
        {
            PutAside();
        }

        var end = file.Length;
        try
        {
            file.Write(buffer);
        }
        catch (IOException)
        {
            file.SetLength(end);
            throw;
        }
    }

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void PutAside()
    {
        file.Dispose();
        try
        {
            for (var older = Files - 1; older > 0; older--)
            {
                var newer = older == 1 ? path : $"{path}.{older - 1}";
                if (File.Exists(newer))
                {
                    File.Move(newer, $"{path}.{older}", overwrite: true);
                }
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
        finally
        {
            file = Open();
        }
    }

    private FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly.FileMode;
        }

        var opened = new FileStream(path, options);
        OwnerOnly.Close(path);
        return opened;
    }

    /// <summary>A killed process may have left half a line.</summary>
    private void EndHalfLine()
    {
        if (file.Length == 0)
        {
            return;
        }

        using var end = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        end.Seek(-1, SeekOrigin.End);
        if (end.ReadByte() != '\n')
        {
            file.WriteByte((byte)'\n');
        }
    }
}
