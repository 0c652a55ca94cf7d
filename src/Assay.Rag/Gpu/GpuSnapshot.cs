namespace Assay.Rag.Gpu;

/// <summary>What one device reported at one moment. The memory is that of the whole device: every process on it counts.</summary>
/// <param name="Device">The index that nvidia-smi gives the device, from 0.</param>
/// <param name="Name">The product name, as printed.</param>
/// <param name="UsedBytes">Memory in use, bytes.</param>
/// <param name="TotalBytes">Memory of the device, bytes.</param>
/// <param name="UtilizationPercent">Share of time with a kernel running, 0 to 100; null when the device does not report it.</param>
/// <param name="At">When the reading was taken.</param>
internal sealed record GpuSnapshot(int Device, string Name, long UsedBytes, long TotalBytes, double? UtilizationPercent, DateTimeOffset At);

/// <summary>One answer of <see cref="GpuProbe"/>: the devices, or the reason why there is none to speak of.</summary>
/// <param name="Devices">The devices whose memory is known; empty when the reading is unavailable.</param>
/// <param name="Faults">Lines that could not be used, each with its reason; at most <see cref="NvidiaSmiCsv.FaultsKept"/>.</param>
/// <param name="HasDevice">True when a device was listed, even one that reports no memory.</param>
/// <param name="UnavailableReason">Why no memory figure is known; null when <paramref name="Devices"/> has one.</param>
internal sealed record GpuReading(IReadOnlyList<GpuSnapshot> Devices, IReadOnlyList<string> Faults, bool HasDevice, string? UnavailableReason)
{
    /// <summary>The reason on a machine without a GPU or without its driver tools.</summary>
    public const string NoGpu = "no GPU found";

    public bool Available => UnavailableReason is null;

    public static GpuReading Unavailable(string reason) => new([], [], HasDevice: false, reason);
}
