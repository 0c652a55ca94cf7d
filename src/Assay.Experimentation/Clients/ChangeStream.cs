using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Assay.Experimentation.Clients;

/// <summary>
/// The hub's server-sent events, read line by line (WHATWG HTML, 9.2): an event named <c>snapshot</c> says that there is a new one, everything else
/// is a sign of life. What the event says of the new snapshot is not believed: the snapshot is asked for.
/// </summary>
internal sealed class ChangeStream(HttpResponseMessage answer, PipeReader reader, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The longest line, in bytes; the hub's are below 100.</summary>
    private const int MaxLineBytes = 64 << 10;

    /// <summary>The hub sends a comment every 15 s; after three that did not come the connection is taken for dead.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(45);

    private bool isSnapshot;

    /// <summary>Waits for the next sign from the hub; null when the stream ended.</summary>
    /// <exception cref="HubFault">The stream broke, fell silent, or holds a line without end.</exception>
    public async ValueTask<StreamSign?> ReadAsync(CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(SilenceLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await ReadLineAsync(both.Token) is { } line ? Understand(line) : null;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidOperationException)
        {
            throw new HubFault($"its stream broke off: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HubFault($"its stream was silent for {SilenceLimit.TotalSeconds:0} s", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await reader.CompleteAsync();
        answer.Dispose();
    }

    private async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            if (read.Buffer.Length > MaxLineBytes)
            {
                throw new HubFault($"its stream holds a line of more than {MaxLineBytes} bytes");
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    // An event ends with an empty line; its name is in a line of its own.
    private StreamSign Understand(string line)
    {
        if (line.Length == 0)
        {
            var sign = isSnapshot ? StreamSign.NewSnapshot : StreamSign.Life;
            isSnapshot = false;
            return sign;
        }

        if (line.StartsWith("event:", StringComparison.Ordinal))
        {
            isSnapshot = line.AsSpan("event:".Length).Trim() is "snapshot";
        }

        return StreamSign.Life;
    }
}

/// <summary>What a line of the stream means.</summary>
internal enum StreamSign
{
    /// <summary>The hub is there.</summary>
    Life,

    /// <summary>There is a new snapshot.</summary>
    NewSnapshot,
}
