using System.ComponentModel.DataAnnotations;

namespace Assay.Embedded.Retention;

/// <summary>How long telemetry is kept. Documents stay.</summary>
public sealed class RetentionOptions
{
    /// <summary>Events older than this are deleted. The default is 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>When the store is larger, the oldest events are deleted until it has a tenth less. The default is 10 GiB; the least is 16 MiB.</summary>
    [Range(16L << 20, long.MaxValue)]
    public long MaxBytes { get; set; } = 10L << 30;

    /// <summary>How often it is looked at. The default is 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(10);
}
