using System.Buffers.Binary;
using Assay.Hashing;
using Microsoft.Win32.SafeHandles;

namespace Assay.Files;

/// <summary>
/// An append-only file of records, each with its length and a checksum, so that a reader knows after <c>kill -9</c> or a power cut where the
/// good part ends. The file is eight bytes of <see cref="Magic"/>, then for each record: length (4 bytes, little endian), XXH64 of the content
/// with the length as seed (8 bytes), content. One writer at a time; safe for several threads. Reading is <see cref="RecordLogReader"/>'s.
/// </summary>
public sealed class RecordLog : IDisposable, IAsyncDisposable
{
    /// <summary>The longest record: 64 MiB. A longer length in a file is damage.</summary>
    public const int MaxRecordBytes = 64 << 20;

    internal const int HeaderBytes = sizeof(uint) + sizeof(ulong);

    /// <summary>What is kept in the process at most before it is written to the file.</summary>
    private const int BufferBytes = 256 << 10;

    private readonly Lock gate = new();
    private readonly string path;
    private readonly SafeFileHandle file;
    private byte[] buffer = new byte[16 << 10];
    private int buffered;
    private long written;
    private long durable;
    private Task? running;
    private Task? waiting;
    private AssayException? broken;
    private bool closed;

    private RecordLog(string path, SafeFileHandle file, long end)
    {
        this.path = path;
        this.file = file;
        written = end;
        durable = end;
    }

    /// <summary>The first bytes of every file.</summary>
    public static ReadOnlySpan<byte> Magic => "assaylg1"u8;

    /// <summary>The file's length with everything appended so far, in bytes.</summary>
    public long Length
    {
        get
        {
            lock (gate)
            {
                return written + buffered;
            }
        }
    }

    /// <summary>Makes a new file. Others may read it, also while it is written.</summary>
    /// <exception cref="AssayException">The file is there already, or the folder cannot be written to (exit code 4).</exception>
    public static RecordLog Create(string path) => Start(path, FileMode.CreateNew, FileShare.Read, static (_, _) => 0);

    /// <summary>
    /// Opens a file to append to, or makes it. Its records are handed to <paramref name="replay"/> first, and a torn or damaged tail is cut off.
    /// Nobody else reads or writes it until it is disposed: elsewhere than on Windows only that keeps a second writer out.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="replay">Called for every record in order; null when nobody wants them.</param>
    /// <param name="end">What was found, the length of the tail that was cut off included.</param>
    /// <exception cref="AssayException">The file is no record log (exit code 2), somebody else writes to it, or it cannot be opened (exit code 4).</exception>
    public static RecordLog Open(string path, RecordVisitor? replay, out RecordLogEnd end)
    {
        var found = RecordLogEnd.Empty;
        var log = Start(
            path,
            FileMode.OpenOrCreate,
            FileShare.None,
            (full, file) =>
            {
                found = RecordLogReader.ReadAll(full, file, replay ?? (static (_, _) => { }));
                RandomAccess.SetLength(file, found.GoodBytes);
                return found.GoodBytes;
            }
        );
        end = found;
        return log;
    }

    /// <summary>
    /// Adds a record. It is in the process' memory until <see cref="Push"/> or <see cref="FlushAsync"/>, or until 256 KiB have gathered.
    /// </summary>
    /// <exception cref="ArgumentException">The record is longer than <see cref="MaxRecordBytes"/>.</exception>
    /// <exception cref="AssayException">The file could not be written to, now or earlier: disk full (exit code 4).</exception>
    public void Append(ReadOnlySpan<byte> record)
    {
        if (record.Length > MaxRecordBytes)
        {
            throw new ArgumentException($"A record has {MaxRecordBytes} bytes at most, not {record.Length}.", nameof(record));
        }

        lock (gate)
        {
            DemandUsable();
            var length = HeaderBytes + record.Length;
            if (buffered > 0 && buffered + length > BufferBytes)
            {
                WriteOut();
            }

            Grow(buffered + length);
            var into = buffer.AsSpan(buffered, length);
            BinaryPrimitives.WriteUInt32LittleEndian(into, (uint)record.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(into[sizeof(uint)..], XxHash64.Hash(record, (ulong)record.Length));
            record.CopyTo(into[HeaderBytes..]);
            buffered += length;
        }
    }

    /// <summary>Hands what was appended to the operating system: it survives the end of the process, not that of the machine.</summary>
    /// <exception cref="AssayException">See <see cref="Append"/>.</exception>
    public void Push()
    {
        lock (gate)
        {
            DemandUsable();
            WriteOut();
        }
    }

    /// <summary>Completes when everything that was appended before the call is on the disk. Calls at the same time share one write to the disk.</summary>
    /// <exception cref="AssayException">See <see cref="Append"/>.</exception>
    public Task FlushAsync()
    {
        lock (gate)
        {
            DemandUsable();
            if (durable == written + buffered)
            {
                return Task.CompletedTask;
            }

            if (waiting is not null)
            {
                return waiting;
            }

            // Who comes while a flush runs cannot know whether it still takes their records: they share the next one.
            return running is null or { IsCompleted: true } ? running = Task.Run(Flush) : waiting = FlushAfterAsync(running);
        }
    }

    /// <summary>Writes what is left to the disk and closes the file; a file that failed before is only closed.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (closed)
            {
                return;
            }
        }

        try
        {
            if (broken is null)
            {
                Flush();
            }
        }
        finally
        {
            lock (gate)
            {
                closed = true;
                file.Dispose();
            }
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (broken is null && !closed)
            {
                await FlushAsync();
            }
        }
        finally
        {
            lock (gate)
            {
                closed = true;
                file.Dispose();
            }
        }
    }

    private static RecordLog Start(string path, FileMode mode, FileShare sharing, Func<string, SafeFileHandle, long> find)
    {
        var full = Path.GetFullPath(path);
        SafeFileHandle? file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            file = File.OpenHandle(full, mode, FileAccess.ReadWrite, sharing);
            var end = find(full, file);
            if (end == 0)
            {
                RandomAccess.Write(file, Magic, 0);
                end = Magic.Length;
            }

            return new RecordLog(full, file, end);
        }
        catch (Exception e)
        {
            file?.Dispose();
            throw e is IOException or UnauthorizedAccessException ? CannotWrite(full, e) : e;
        }
    }

    private static AssayException CannotWrite(string path, Exception e) =>
        AssayException.Infrastructure(
            $"Cannot write '{path}': {e.Message}",
            "Check that the folder is writable, that the disk has room, and that no other process writes to the file.",
            e
        );

    private async Task FlushAfterAsync(Task before)
    {
        // Its error is told to those who wait for it; this one meets the broken file itself.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (gate)
        {
            running = waiting;
            waiting = null;
        }

        Flush();
    }

    private void Flush()
    {
        long end;
        lock (gate)
        {
            DemandUsable();
            WriteOut();
            end = written;
        }

        try
        {
            RandomAccess.FlushToDisk(file);
        }
        catch (IOException e)
        {
            lock (gate)
            {
                throw broken = CannotWrite(path, e);
            }
        }

        lock (gate)
        {
            durable = Math.Max(durable, end);
        }
    }

    private void WriteOut()
    {
        if (buffered == 0)
        {
            return;
        }

        try
        {
            RandomAccess.Write(file, buffer.AsSpan(0, buffered), written);
        }
        // .NET reports a file above the size that the system allows as an argument out of range.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // Half a record may stand at the end now: nothing may follow it, or the reader would lose what does.
            throw broken = CannotWrite(path, e);
        }

        written += buffered;
        buffered = 0;
    }

    private void Grow(int length)
    {
        if (buffer.Length < length)
        {
            Array.Resize(ref buffer, Math.Max(length, Math.Min(buffer.Length * 2, BufferBytes)));
        }
    }

    private void DemandUsable()
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (broken is not null)
        {
            throw broken;
        }
    }
}
