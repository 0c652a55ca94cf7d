using Assay.Tests.Rag.Gpu;

namespace Assay.Tests.Cli;

/// <summary>A run on a machine whose nvidia-smi reports memory, through the real program.</summary>
public sealed class GpuRunTests
{
    // nvidia-smi speaks MiB of 1,048,576 bytes, the product GB of 10^9: 12000 MiB are 12.583 GB.
    [Theory]
    [InlineData(8000, "within_limit", "gpu_soft_limit: within_limit", false)]
    [InlineData(11100, "near_limit", "gpu_soft_limit: near_limit (11.639 of 12 GB on device 0)", false)]
    [InlineData(12000, "exceeded_soft_limit", "gpu_soft_limit: exceeded_soft_limit (12.583 of 12 GB on device 0)", true)]
    public async Task The_peak_is_in_summary_footer_metrics_and_spans(int mebibytes, string status, string footer, bool exceeded)
    {
        using var smi = FakeNvidiaSmi.Using(100, 100, mebibytes, 200);
        using var place = new CliPlace { ProgramsFirst = smi.Folder };
        place.WriteSmallCorpus();
        (await place.RunAsync("rag", "run", "docs", "--metrics-file", "metrics.prom")).ShouldPass().Out.ShouldContain($"  {footer}\n");

        var summary = place.Summary();
        (await PublishedSchema.FaultsAsync(summary.GetRawText())).ShouldBeEmpty();
        var bytes = mebibytes * 1048576.0;
        var gpu = summary.GetProperty("performance_baseline").GetProperty("gpu");
        gpu.GetProperty("status").GetString().ShouldBe(status);
        gpu.GetProperty("soft_limit_exceeded").GetBoolean().ShouldBe(exceeded);
        gpu.GetProperty("soft_limit_devices").GetArrayLength().ShouldBe(exceeded ? 1 : 0);
        gpu.GetProperty("peak_memory_used_gb").GetDouble().ShouldBe(bytes / 1e9, 1e-9);

        var leases = summary.GetProperty("performance_baseline").GetProperty("gpu_leases").EnumerateArray().ToList();
        leases
            .Select(l => $"{l.GetProperty("stage")} {l.GetProperty("action")}")
            .ShouldBe(["dense acquire", "dense release", "rerank acquire", "rerank release"]);
        leases.ShouldAllBe(l => l.GetProperty("memory").GetArrayLength() == 1);

        // The third reading is the one on leaving the dense stage.
        place.Metrics().Value("rag_gpu_peak_bytes", ("stage", "dense")).ShouldBe(bytes);
        place.Spans()["rag.dense"].Single().GetProperty("gpu_peak_gb").GetDouble().ShouldBe(bytes / 1e9, 1e-9);
        place.Spans()["rag.rerank"].Single().GetProperty("gpu_peak_gb").GetDouble().ShouldBe(200 * 1048576.0 / 1e9, 1e-9);
    }

    [Theory]
    [InlineData("24", "within_limit", null)]
    [InlineData("12.2", "near_limit", "warning: GPU memory near_limit (11.954 of 12.2 GB on device 0)")]
    [InlineData("10", "exceeded_soft_limit", "warning: GPU memory exceeded_soft_limit (11.954 of 10 GB on device 0)")]
    public async Task The_soft_limit_can_be_set_and_every_reading_is_held_against_it(string limit, string status, string? warning)
    {
        // Only the third reading is high, on leaving the dense stage: 11,400 MiB are 11.954 GB.
        using var smi = FakeNvidiaSmi.Using(100, 100, 11400, 200);
        using var place = new CliPlace { ProgramsFirst = smi.Folder };
        place.WriteSmallCorpus();
        var ran = (await place.RunAsync("rag", "run", "docs", "--gpu-soft-limit-gb", limit)).ShouldPass();
        if (warning is null)
        {
            ran.Error.ShouldNotContain("GPU memory");
        }
        else
        {
            ran.Error.ShouldContain(warning);
        }

        var summary = place.Summary();
        (await PublishedSchema.FaultsAsync(summary.GetRawText())).ShouldBeEmpty();
        var gpu = summary.GetProperty("performance_baseline").GetProperty("gpu");
        gpu.GetProperty("status").GetString().ShouldBe(status);
        gpu.GetProperty("soft_limit_gb").GetDouble().ShouldBe(double.Parse(limit, System.Globalization.CultureInfo.InvariantCulture));
    }
}
