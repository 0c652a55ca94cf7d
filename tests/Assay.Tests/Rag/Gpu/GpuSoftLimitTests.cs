using System.Text.Json;
using Assay.Rag.Gpu;
using FsCheck.Fluent;

namespace Assay.Tests.Rag.Gpu;

public sealed class GpuSoftLimitTests
{
    private static GpuDevicePeak Peak(int device, double gb) => new(device, "Tesla T4", (long)Math.Round(gb * 1e9), 16_000_000_000);

    private static GpuBaseline Evaluate(GpuOptions options, params double[] gb) => GpuSoftLimit.Evaluate([.. gb.Select((g, i) => Peak(i, g))], options);

    [Fact]
    public void Eleven_and_a_half_GB_over_a_limit_of_ten_exceeds_it_on_device_0()
    {
        var baseline = Evaluate(new GpuOptions { SoftLimitGb = 10 }, 11.5);
        baseline.SoftLimitExceeded.ShouldBe(true);
        baseline.Status.ShouldBe(GpuStatus.ExceededSoftLimit);
        baseline.SoftLimitDevices.ShouldBe([0]);
        baseline.PeakMemoryUsedGb.ShouldBe(11.5);
        baseline.Footer.ShouldBe("gpu_soft_limit: exceeded_soft_limit (11.5 of 10 GB on device 0)");
    }

    [Theory]
    [InlineData(0, "within_limit")]
    [InlineData(11.499, "within_limit")]
    [InlineData(11.5, "near_limit (11.5 of 12 GB on device 0)")]
    [InlineData(11.7, "near_limit (11.7 of 12 GB on device 0)")]
    [InlineData(12, "near_limit (12 of 12 GB on device 0)")]
    [InlineData(12.001, "exceeded_soft_limit (12.001 of 12 GB on device 0)")]
    public void The_footer_says_where_the_peak_stands(double gb, string text)
    {
        var baseline = Evaluate(new GpuOptions(), gb);
        baseline.Footer.ShouldBe($"gpu_soft_limit: {text}");
        baseline.SoftLimitExceeded.ShouldBe(gb > 12);
    }

    [Fact]
    public void Devices_are_judged_one_by_one_and_not_by_their_sum()
    {
        Evaluate(new GpuOptions(), 8, 8).Status.ShouldBe(GpuStatus.WithinLimit);
        var baseline = Evaluate(new GpuOptions(), 13, 4, 12.5, 11.6);
        baseline.SoftLimitDevices.ShouldBe([0, 2]);
        baseline.Footer.ShouldBe("gpu_soft_limit: exceeded_soft_limit (13 of 12 GB on device 0, 12.5 of 12 GB on device 2)");
    }

    [Fact]
    public void A_long_list_of_devices_is_cut_in_the_footer_alone()
    {
        var baseline = Evaluate(new GpuOptions(), 13, 13, 13, 13, 13, 13);
        baseline.SoftLimitDevices.ShouldBe([0, 1, 2, 3, 4, 5]);
        baseline.Footer.ShouldEndWith("13 of 12 GB on device 3, and 2 more)");
    }

    [Fact]
    public void Without_a_figure_nothing_is_claimed()
    {
        var baseline = GpuSoftLimit.Unavailable("no GPU found", new GpuOptions());
        baseline.Footer.ShouldBe("gpu_soft_limit: unavailable (no GPU found)");
        JsonSerializer
            .Serialize(baseline)
            .ShouldBe(
                """{"peak_memory_used_gb":null,"soft_limit_gb":12,"warn_from_gb":11.5,"soft_limit_exceeded":null,"status":"unavailable","reason":"no GPU found","soft_limit_devices":[],"devices":[]}"""
            );
        GpuSoftLimit.Evaluate([], new GpuOptions()).Status.ShouldBe(GpuStatus.Unavailable);
    }

    [Fact]
    public void The_summary_lists_every_device_under_its_own_names() =>
        JsonSerializer
            .Serialize(Evaluate(new GpuOptions(), 12.5))
            .ShouldBe(
                """{"peak_memory_used_gb":12.5,"soft_limit_gb":12,"warn_from_gb":11.5,"soft_limit_exceeded":true,"status":"exceeded_soft_limit","reason":null,"soft_limit_devices":[0],"devices":[{"device":0,"name":"Tesla T4","peak_bytes":12500000000,"total_bytes":16000000000}]}"""
            );

    [Fact]
    public void Exceeded_is_exactly_a_device_above_the_limit() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                tenths =>
                {
                    var peaks = tenths.Select((t, i) => Peak(i, t / 10.0)).ToList();
                    var over = peaks.Where(p => p.PeakBytes > 12_000_000_000).Select(p => p.Device);
                    var baseline = GpuSoftLimit.Evaluate(peaks, new GpuOptions());
                    return baseline.SoftLimitDevices.SequenceEqual(over)
                        && baseline.SoftLimitExceeded == (peaks.Count == 0 ? null : over.Any())
                        && (baseline.Status == GpuStatus.ExceededSoftLimit) == over.Any();
                }
            )
            .Holds();

    [Theory]
    [InlineData(0, 11.5, 500)]
    [InlineData(double.NaN, 11.5, 500)]
    [InlineData(12, -1, 500)]
    [InlineData(12, 11.5, 1)]
    public void Options_out_of_range_are_wrong_usage(double limit, double warn, int intervalMs)
    {
        var options = new GpuOptions
        {
            SoftLimitGb = limit,
            WarnFromGb = warn,
            SampleInterval = TimeSpan.FromMilliseconds(intervalMs),
        };
        Should.Throw<AssayException>(options.Validated).ExitCode.ShouldBe(ExitCode.WrongUsage);
    }
}
