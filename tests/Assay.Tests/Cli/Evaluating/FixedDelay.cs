using System.Collections.Concurrent;

namespace Assay.Tests.Cli.Evaluating;

/// <summary>
/// Waits of a length that can be relied on: one thread looks every millisecond. Timers of .NET follow a clock that moves in steps of up to 4 ms on Linux.
/// </summary>
internal sealed class FixedDelay : IDisposable
{
    private readonly TimeProvider time = TimeProvider.System;

    // Never more than there are requests in flight.
    private readonly BlockingCollection<(long Began, TimeSpan Length, TaskCompletionSource Done)> waiting = [];
    private readonly Thread thread;

    public FixedDelay()
    {
        thread = new Thread(Serve) { IsBackground = true, Name = "delays" };
        thread.Start();
    }

    /// <summary>Completes so long after <paramref name="began"/>, a timestamp. Delays end in the order in which they were asked for.</summary>
    public Task WaitAsync(long began, TimeSpan length)
    {
        if (length <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add((began, length, done));
        return done.Task;
    }

    public void Dispose()
    {
        waiting.CompleteAdding();
        thread.Join();
        waiting.Dispose();
    }

    private void Serve()
    {
        foreach (var (began, length, done) in waiting.GetConsumingEnumerable())
        {
            TimeSpan left;
            while ((left = length - time.GetElapsedTime(began)) > TimeSpan.Zero)
            {
                Thread.Sleep(Math.Max(1, (int)left.TotalMilliseconds));
            }

            done.SetResult();
        }
    }
}
