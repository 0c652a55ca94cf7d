namespace Assay.Rag.Gpu;

/// <summary>A stage between entering and leaving the GPU. Disposing it stops the sampling, takes the last reading and gives the lease back.</summary>
internal sealed class GpuStage : IAsyncDisposable
{
    private readonly GpuTelemetry _telemetry;
    private readonly CancellationTokenSource? _stop;
    private readonly Task _sampling = Task.CompletedTask;
    private GpuLeaseHold? _hold;

    /// <param name="name">The stage.</param>
    /// <param name="telemetry">The run.</param>
    /// <param name="hold">The lease; null without a GPU.</param>
    /// <param name="interval">Between samples; infinite when there is nothing to sample.</param>
    /// <param name="unavailableReason">Why no memory figure is to be had; null when there is one.</param>
    internal GpuStage(string name, GpuTelemetry telemetry, GpuLeaseHold? hold, TimeSpan interval, string? unavailableReason)
    {
        Name = name;
        UnavailableReason = unavailableReason;
        Waited = hold?.Waited ?? TimeSpan.Zero;
        _telemetry = telemetry;
        _hold = hold;
        if (interval == Timeout.InfiniteTimeSpan)
            return;
        _stop = new CancellationTokenSource();
        _sampling = telemetry.SampleAsync(name, interval, _stop.Token);
    }

    public string Name { get; }

    /// <summary>Why the memory of this stage is unknown; null when it is sampled.</summary>
    public string? UnavailableReason { get; }

    /// <summary>How long the stage stood in the queue for the lease.</summary>
    public TimeSpan Waited { get; }

    /// <summary>The highest use of any single device in this stage so far, bytes; null when unavailable. Final once the stage is disposed.</summary>
    public long? PeakBytes => _telemetry.StagePeakBytes(Name);

    /// <summary><see cref="PeakBytes"/> in GB of 10^9 bytes.</summary>
    public double? PeakGb => PeakBytes / GpuOptions.BytesPerGb;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _hold, null) is not { } hold)
            return;
        try
        {
            await StopSamplingAsync();
            await _telemetry.RecordAsync(hold, GpuLeaseAction.Release, CancellationToken.None);
        }
        finally
        {
            hold.Dispose();
            _stop?.Dispose();
        }
    }

    private async Task StopSamplingAsync()
    {
        if (_stop is null)
            return;
        await _stop.CancelAsync();
        await _sampling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_sampling.IsFaulted)
            await _sampling;
    }
}
