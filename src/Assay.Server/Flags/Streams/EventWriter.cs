using System.IO.Pipelines;

namespace Assay.Server.Flags.Streams;

/// <summary>Writes events to one reader until it goes, or does not take them.</summary>
/// <param name="output">Where to.</param>
/// <param name="words">The event of a version.</param>
/// <param name="limit">How long the reader may take over what it is sent.</param>
/// <param name="time">The clock.</param>
internal sealed class EventWriter(PipeWriter output, Func<SnapshotMoment, byte[]> words, TimeSpan limit, TimeProvider time)
{
    /// <summary>Writes the version in force, and each that follows; a beat when nothing changed.</summary>
    /// <param name="feed">The versions.</param>
    /// <param name="has">The version that the reader has; null for none.</param>
    /// <param name="cancellationToken">Ends it: the reader went or the hub stops.</param>
    /// <exception cref="SlowReaderException">The reader did not take what it was sent in time.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task RunAsync(SnapshotFeed feed, string? has, CancellationToken cancellationToken)
    {
        await SendAsync("retry: 1000\n"u8.ToArray(), cancellationToken);
        while (true)
        {
            var now = feed.Now;
            if (!await SendAsync(now.Version == has ? EventWords.Beat : words(now), cancellationToken))
            {
                return;
            }

            has = now.Version;
            await now.Over.WaitAsync(cancellationToken);
        }
    }

    private async ValueTask<bool> SendAsync(byte[] text, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var flushed = await output.WriteAsync(text, ending.Token);
            return !flushed.IsCompleted;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SlowReaderException();
        }
    }
}

/// <summary>A reader did not take what it was sent.</summary>
internal sealed class SlowReaderException() : Exception("The reader did not take what it was sent in time.");
