using System.Text.Json.Serialization;

namespace Assay.Rag.Gpu;

[JsonConverter(typeof(JsonStringEnumConverter<GpuStatus>))]
internal enum GpuStatus
{
    [JsonStringEnumMemberName("unavailable")]
    Unavailable,

    [JsonStringEnumMemberName("within_limit")]
    WithinLimit,

    [JsonStringEnumMemberName("near_limit")]
    NearLimit,

    [JsonStringEnumMemberName("exceeded_soft_limit")]
    ExceededSoftLimit,
}

/// <summary>The highest memory use seen on one device during a run.</summary>
/// <param name="Device">The index that nvidia-smi gives the device.</param>
/// <param name="Name">The product name.</param>
/// <param name="PeakBytes">The highest use seen, bytes.</param>
/// <param name="TotalBytes">Memory of the device, bytes.</param>
internal sealed record GpuDevicePeak(
    [property: JsonPropertyName("device")] int Device,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("peak_bytes")] long PeakBytes,
    [property: JsonPropertyName("total_bytes")] long TotalBytes
)
{
    [JsonIgnore]
    public double PeakGb => PeakBytes / GpuOptions.BytesPerGb;
}

/// <summary>GPU memory of a run as the summary states it under <c>performance_baseline.gpu</c>. GB are 10^9 bytes. What is unknown is null, never 0.</summary>
internal sealed record GpuBaseline
{
    /// <summary>The highest use of any single device, GB; null when unavailable.</summary>
    [JsonPropertyName("peak_memory_used_gb")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? PeakMemoryUsedGb { get; init; }

    [JsonPropertyName("soft_limit_gb")]
    public required double SoftLimitGb { get; init; }

    [JsonPropertyName("warn_from_gb")]
    public required double WarnFromGb { get; init; }

    /// <summary>Whether any device went over the limit; null when unavailable.</summary>
    [JsonPropertyName("soft_limit_exceeded")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool? SoftLimitExceeded { get; init; }

    [JsonPropertyName("status")]
    public required GpuStatus Status { get; init; }

    /// <summary>Why the status is unavailable, or what the figures leave out; null when there is nothing to say.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    /// <summary>The devices over the limit, ascending.</summary>
    [JsonPropertyName("soft_limit_devices")]
    public int[] SoftLimitDevices { get; init; } = [];

    [JsonPropertyName("devices")]
    public IReadOnlyList<GpuDevicePeak> Devices { get; init; } = [];

    /// <summary>The line for the terminal.</summary>
    [JsonIgnore]
    public string Footer => $"gpu_soft_limit: {GpuSoftLimit.Describe(this)}";
}
