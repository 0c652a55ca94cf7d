namespace Assay.Rag.Gpu;

/// <summary>What is too much GPU memory, and how often to look. 1 GB is 1,000,000,000 bytes.</summary>
internal sealed class GpuOptions
{
    public const double BytesPerGb = 1e9;

    /// <summary>More than this on any device exceeds the soft limit, GB (10^9 bytes). The default is 12.</summary>
    public double SoftLimitGb { get; init; } = 12;

    /// <summary>From here on a device is near the limit, GB (10^9 bytes). The default is 11.5. A value above the limit never speaks.</summary>
    public double WarnFromGb { get; init; } = 11.5;

    /// <summary>Between the end of one reading and the next while a stage runs, 10 ms or more. The default is 500 ms.</summary>
    public TimeSpan SampleInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The options with another limit; the warning line keeps its place below it, at 11.5 of 12.</summary>
    public static GpuOptions Of(double softLimitGb)
    {
        var options = new GpuOptions();
        return new GpuOptions { SoftLimitGb = softLimitGb, WarnFromGb = softLimitGb * options.WarnFromGb / options.SoftLimitGb };
    }

    /// <exception cref="AssayException">A value is out of range (exit code 2).</exception>
    public GpuOptions Validated()
    {
        if (!(SoftLimitGb > 0 && double.IsFinite(SoftLimitGb)) || !(WarnFromGb > 0 && double.IsFinite(WarnFromGb)))
            throw AssayException.Usage(
                $"The GPU soft limit ({SoftLimitGb} GB) and its warning line ({WarnFromGb} GB) must be above 0.",
                "Give the memory of one device that a run may use, for example 12 and 11.5."
            );
        if (SampleInterval < TimeSpan.FromMilliseconds(10))
            throw AssayException.Usage(
                $"The GPU sample interval ({SampleInterval.TotalMilliseconds} ms) is below 10 ms.",
                "Each sample runs nvidia-smi; 500 ms is usual."
            );
        return this;
    }
}
