namespace Assay.Rag.Gpu;

/// <summary>What the readings of a run said: the peak of every device, for the run and for each stage, and how many readings failed. Safe for use by several threads.</summary>
internal sealed class GpuObservations
{
    /// <summary>Stages told apart in one run. A pipeline has six; past the bound a stage's peak is unknown, and the run's is not.</summary>
    public const int MaxStages = 64;

    /// <summary>
    /// Readings failed in a row after which the run stops asking: a program that hangs in the driver cannot be killed, and each further one would stay behind too.
    /// </summary>
    public const int GiveUpAfter = 3;

    private readonly Lock _sync = new();
    private readonly Dictionary<int, GpuDevicePeak> _run = [];
    private readonly Dictionary<string, long> _stages = [];
    private int _taken;
    private int _failed;
    private int _failedInARow;
    private string? _lastFailure;
    private string? _fault;

    public bool GaveUp
    {
        get
        {
            lock (_sync)
                return _failedInARow >= GiveUpAfter;
        }
    }

    /// <summary>Counts a reading in, for the run and for <paramref name="stage"/> where there is one.</summary>
    public void Add(string? stage, GpuReading reading)
    {
        lock (_sync)
        {
            _taken++;
            _fault ??= reading.Faults.Count > 0 ? reading.Faults[0] : null;
            if (reading.Available)
                AddPeaks(stage, reading.Devices);
            else
                AddFailure(reading.UnavailableReason!);
        }
    }

    public IReadOnlyList<GpuDevicePeak> Peaks()
    {
        lock (_sync)
            return [.. _run.Values];
    }

    /// <summary>The highest use of any single device while the stage ran, bytes; null when no reading of it succeeded.</summary>
    public long? StagePeakBytes(string stage)
    {
        lock (_sync)
            return _stages.TryGetValue(stage, out var peak) ? peak : null;
    }

    /// <summary>What the figures leave out, as a sentence; null when nothing.</summary>
    public string? Note()
    {
        lock (_sync)
        {
            var failures = _failed > 0 ? $"{_failed} of {_taken} readings failed, the last one: {_lastFailure}" : null;
            var notes = string.Join("; ", new[] { failures, _fault }.OfType<string>());
            return notes.Length > 0 ? notes : null;
        }
    }

    private void AddPeaks(string? stage, IReadOnlyList<GpuSnapshot> devices)
    {
        _failedInARow = 0;
        foreach (var seen in devices)
        {
            var before = _run.TryGetValue(seen.Device, out var peak) ? peak.PeakBytes : 0;
            _run[seen.Device] = new GpuDevicePeak(seen.Device, seen.Name, Math.Max(before, seen.UsedBytes), seen.TotalBytes);
        }

        if (stage is not null && (_stages.ContainsKey(stage) || _stages.Count < MaxStages))
            _stages[stage] = Math.Max(_stages.GetValueOrDefault(stage), devices.Max(d => d.UsedBytes));
    }

    private void AddFailure(string reason)
    {
        _failed++;
        _failedInARow++;
        _lastFailure = reason;
    }
}
