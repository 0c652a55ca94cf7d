using Microsoft.Extensions.Logging;

namespace Assay.Observability.Logging;

/// <summary>
/// Gathers lines and writes them out when the buffer is full, after a second, at once for errors, and at the end. A write holds whole
/// lines only. What no output takes is counted, and so are the records that were written.
/// </summary>
internal sealed class LogSink : IDisposable
{
    private const int BufferBytes = 1 << 16;

    // A killed process loses at most this much of its log, errors excepted.
    private static readonly TimeSpan FlushAfter = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly LineFile? file;
    private readonly Stream? stream;
    private readonly ObservabilityMeter meter;
    private readonly ITimer timer;
    private readonly byte[] buffer = new byte[BufferBytes];
    private readonly long[] written;
    private int length;
    private int lines;
    private bool disposed;

    public LogSink(LineFile? file, Stream? stream, ObservabilityMeter meter, TimeProvider time)
    {
        this.file = file;
        this.stream = stream;
        this.meter = meter;
        written = new long[((int)LogLevel.Critical + 1) * meter.Components.Count];
        timer = time.CreateTimer(static sink => ((LogSink)sink!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Write(ReadOnlySpan<byte> line, LogLevel level, int component)
    {
        lock (gate)
        {
            if (disposed)
            {
                meter.CountDropped(TelemetrySignal.Log, DropReason.WriteFailed, 1);
                return;
            }

            written[((int)level * meter.Components.Count) + component]++;
            Append(line);
            if (level >= LogLevel.Error)
            {
                WriteOut();
            }
        }
    }

    public void Flush()
    {
        lock (gate)
        {
            if (!disposed)
            {
                WriteOut();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            WriteOut();
            disposed = true;
            timer.Dispose();
            file?.TryFlushToDisk();
            file?.Dispose();
        }
    }

    private void Append(ReadOnlySpan<byte> line)
    {
        if (line.Length > buffer.Length - length)
        {
            WriteOut();
        }

        if (line.Length > buffer.Length)
        {
            Send(line, 1);
            return;
        }

        if (length == 0)
        {
            timer.Change(FlushAfter, Timeout.InfiniteTimeSpan);
        }

        line.CopyTo(buffer.AsSpan(length));
        length += line.Length;
        lines++;
    }

    private void WriteOut()
    {
        if (length > 0)
        {
            Send(buffer.AsSpan(0, length), lines);
            length = 0;
            lines = 0;
        }

        // The counter is fed here and not for every record: it costs more than writing the record does.
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] > 0)
            {
                meter.CountLogRecords((LogLevel)(i / meter.Components.Count), i % meter.Components.Count, written[i]);
                written[i] = 0;
            }
        }
    }

    private void Send(ReadOnlySpan<byte> text, int count)
    {
        var taken = file?.TryAppend(text) ?? true;
        try
        {
            stream?.Write(text);
            stream?.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            taken = false;
        }

        if (!taken)
        {
            meter.CountDropped(TelemetrySignal.Log, DropReason.WriteFailed, count);
        }
    }
}
