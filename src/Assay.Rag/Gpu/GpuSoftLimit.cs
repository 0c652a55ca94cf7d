namespace Assay.Rag.Gpu;

/// <summary>The decision about the soft limit: pure, from the peaks alone.</summary>
internal static class GpuSoftLimit
{
    // A line on a terminal; the summary lists every device.
    private const int DevicesNamed = 4;

    /// <summary>Judges every device by its own peak: memory of one device is no help to another.</summary>
    public static GpuBaseline Evaluate(IReadOnlyList<GpuDevicePeak> peaks, GpuOptions options)
    {
        if (peaks.Count == 0)
            return Unavailable("no device reported its memory", options);
        var over = peaks.Where(p => p.PeakGb > options.SoftLimitGb).Select(p => p.Device).Order().ToArray();
        return new GpuBaseline
        {
            PeakMemoryUsedGb = peaks.Max(p => p.PeakGb),
            SoftLimitGb = options.SoftLimitGb,
            WarnFromGb = options.WarnFromGb,
            SoftLimitExceeded = over.Length > 0,
            Status =
                over.Length > 0 ? GpuStatus.ExceededSoftLimit
                : peaks.Any(p => p.PeakGb >= options.WarnFromGb) ? GpuStatus.NearLimit
                : GpuStatus.WithinLimit,
            SoftLimitDevices = over,
            Devices = [.. peaks.OrderBy(p => p.Device)],
        };
    }

    public static GpuBaseline Unavailable(string reason, GpuOptions options) =>
        new()
        {
            SoftLimitGb = options.SoftLimitGb,
            WarnFromGb = options.WarnFromGb,
            Status = GpuStatus.Unavailable,
            Reason = reason,
        };

    /// <summary>The status in words, with the devices that caused it.</summary>
    public static string Describe(GpuBaseline baseline) =>
        baseline.Status switch
        {
            GpuStatus.Unavailable => $"unavailable ({baseline.Reason})",
            GpuStatus.NearLimit => $"near_limit ({Devices(baseline, baseline.WarnFromGb)})",
            GpuStatus.ExceededSoftLimit => $"exceeded_soft_limit ({Devices(baseline, baseline.SoftLimitGb)})",
            _ => "within_limit",
        };

    private static string Devices(GpuBaseline baseline, double from)
    {
        var reached = baseline.Devices.Where(d => d.PeakGb >= from).ToList();
        var named = reached.Take(DevicesNamed).Select(d => $"{d.PeakGb:0.###} of {baseline.SoftLimitGb:0.###} GB on device {d.Device}");
        var rest = reached.Count > DevicesNamed ? $", and {reached.Count - DevicesNamed} more" : "";
        return string.Join(", ", named) + rest;
    }
}
