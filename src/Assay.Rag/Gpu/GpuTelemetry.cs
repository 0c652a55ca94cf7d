namespace Assay.Rag.Gpu;

/// <summary>
/// The GPU memory of one run. The first question decides for the whole run whether there is a GPU; without one nothing is locked, sampled or started again.
/// Enter a stage once per run or batch, not once per query: entering and leaving each run nvidia-smi.
/// </summary>
internal sealed class GpuTelemetry(GpuProbe probe, GpuLease lease, GpuOptions? options = null, TimeProvider? time = null)
{
    private readonly GpuOptions _options = (options ?? new GpuOptions()).Validated();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly GpuObservations _observations = new();
    private readonly GpuLeaseLog _log = new();
    private readonly Lock _sync = new();
    private Task<GpuReading>? _detection;

    /// <summary>Takes and releases so far, in order; at most <see cref="GpuLeaseLog.Capacity"/>.</summary>
    public IReadOnlyList<GpuLeaseEvent> LeaseEvents => _log.ToList();

    /// <summary>Lease events past the bound.</summary>
    public long LeaseEventsDropped => _log.Dropped;

    /// <summary>Asks once per run whether there is a GPU, without taking the lease. Enough for a run whose stages use none.</summary>
    public Task<GpuReading> DetectAsync(CancellationToken cancellationToken)
    {
        lock (_sync)
            _detection ??= FirstReadingAsync();
        return _detection.WaitAsync(cancellationToken);
    }

    /// <summary>Takes the lease for a stage and samples the memory until the stage is disposed. Without a GPU it does neither.</summary>
    /// <exception cref="AssayException">The lease was not free within its bound (exit code 4).</exception>
    public async Task<GpuStage> EnterAsync(string stage, CancellationToken cancellationToken)
    {
        var first = await DetectAsync(cancellationToken);
        if (!first.HasDevice)
            return new GpuStage(stage, this, hold: null, Timeout.InfiniteTimeSpan, first.UnavailableReason);
        var hold = await lease.AcquireAsync(stage, cancellationToken);
        try
        {
            await RecordAsync(hold, GpuLeaseAction.Acquire, cancellationToken);
        }
        catch
        {
            hold.Dispose();
            throw;
        }

        return new GpuStage(stage, this, hold, first.Available ? _options.SampleInterval : Timeout.InfiniteTimeSpan, first.UnavailableReason);
    }

    /// <summary>The highest use of any single device while the stage ran, bytes; null when unavailable.</summary>
    public long? StagePeakBytes(string stage) => _observations.StagePeakBytes(stage);

    /// <summary>What the run may say about GPU memory so far.</summary>
    public GpuBaseline Baseline()
    {
        var peaks = _observations.Peaks();
        return peaks.Count > 0
            ? GpuSoftLimit.Evaluate(peaks, _options) with
            {
                Reason = _observations.Note(),
            }
            : GpuSoftLimit.Unavailable(WhyUnavailable(), _options);
    }

    /// <summary>Waits <paramref name="interval"/>, reads, and so on, until told to stop or the run gave up on readings.</summary>
    internal async Task SampleAsync(string stage, TimeSpan interval, CancellationToken stop)
    {
        while (!_observations.GaveUp)
        {
            await Task.Delay(interval, _time, stop);
            _observations.Add(stage, await probe.ReadAsync(stop));
        }
    }

    internal async Task RecordAsync(GpuLeaseHold hold, GpuLeaseAction action, CancellationToken cancellationToken)
    {
        var memory = await ReadAsync(hold.Stage, cancellationToken);
        var waitedMs = action == GpuLeaseAction.Acquire ? hold.Waited.TotalMilliseconds : 0;
        _log.Add(new GpuLeaseEvent(hold.Stage, action, _time.GetUtcNow(), waitedMs, memory));
    }

    private async Task<IReadOnlyList<GpuSnapshot>> ReadAsync(string stage, CancellationToken cancellationToken)
    {
        if (_observations.GaveUp)
            return [];
        var reading = await probe.ReadAsync(cancellationToken);
        _observations.Add(stage, reading);
        return reading.Devices;
    }

    // Not the caller's token: the answer serves every stage of the run, and the probe bounds its own time.
    private async Task<GpuReading> FirstReadingAsync()
    {
        var reading = await probe.ReadAsync(CancellationToken.None);
        _observations.Add(stage: null, reading);
        return reading;
    }

    private string WhyUnavailable() =>
        _detection is { IsCompletedSuccessfully: true } asked && asked.Result.UnavailableReason is { } reason
            ? reason
            : "nothing asked for the GPU in this run";
}
