using Assay.Rag.Gpu;
using FsCheck.Fluent;

namespace Assay.Tests.Rag.Gpu;

public sealed class NvidiaSmiCsvTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static GpuReading Parse(string text) => NvidiaSmiCsv.Parse(text, At);

    [Fact]
    public void Memory_is_read_in_MiB_and_kept_in_bytes()
    {
        var reading = Parse("0, NVIDIA H100 PCIe, 11444, 81559, 37\n1, Tesla T4, 0, 15360, 0\n");
        reading.UnavailableReason.ShouldBeNull();
        reading.Faults.ShouldBeEmpty();
        reading.Devices.ShouldBe([
            new GpuSnapshot(0, "NVIDIA H100 PCIe", 11444L * 1048576, 81559L * 1048576, 37, At),
            new GpuSnapshot(1, "Tesla T4", 0, 15360L * 1048576, 0, At),
        ]);
    }

    [Fact]
    public void A_name_with_a_comma_does_not_shift_the_figures()
    {
        var device = Parse("3, Quadro, rev 2, 100, 200, 5").Devices.ShouldHaveSingleItem();
        (device.Device, device.Name, device.UsedBytes).ShouldBe((3, "Quadro, rev 2", 100L << 20));
    }

    [Theory]
    [InlineData("[N/A]")]
    [InlineData("[Not Supported]")]
    [InlineData("[Unknown Error]")]
    public void Unknown_utilization_is_null_and_the_memory_still_counts(string cell)
    {
        var device = Parse($"0, GeForce GT 710, 100, 2000, {cell}").Devices.ShouldHaveSingleItem();
        device.UtilizationPercent.ShouldBeNull();
    }

    [Theory]
    [InlineData("[N/A]")]
    [InlineData("[Not Supported]")]
    public void Unknown_memory_is_a_fault_with_its_device_and_never_a_zero(string cell)
    {
        var reading = Parse($"0, NVIDIA Thor, {cell}, {cell}, 3");
        reading.Devices.ShouldBeEmpty();
        reading.HasDevice.ShouldBeTrue();
        reading.UnavailableReason.ShouldBe($"nvidia-smi gave no memory figure: device 0 (NVIDIA Thor): memory.used is '{cell}'");
    }

    [Fact]
    public void One_device_without_figures_does_not_hide_the_other()
    {
        var reading = Parse("0, NVIDIA Thor, [N/A], [N/A], 3\n1, Tesla T4, 10, 15360, 0");
        reading.Devices.ShouldHaveSingleItem().Device.ShouldBe(1);
        reading.Faults.ShouldBe(["device 0 (NVIDIA Thor): memory.used is '[N/A]'"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("No devices were found\n")]
    public void Nothing_listed_is_no_GPU_found(string text)
    {
        var reading = Parse(text);
        reading.UnavailableReason.ShouldBe("no GPU found");
        reading.HasDevice.ShouldBeFalse();
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("x, Tesla T4, 10, 15360, 0")]
    [InlineData("-1, Tesla T4, 10, 15360, 0")]
    [InlineData("0, Tesla T4, 10")]
    public void Rubbish_is_named_and_is_no_device(string line)
    {
        var reading = Parse(line);
        reading.HasDevice.ShouldBeFalse();
        reading.UnavailableReason.ShouldBe($"nvidia-smi gave no memory figure: unreadable line '{line}'");
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("1e9")]
    [InlineData("99999999999999999999")]
    [InlineData("NaN")]
    public void A_figure_that_cannot_be_is_not_taken(string cell) => Parse($"0, Tesla T4, {cell}, 15360, 0").Devices.ShouldBeEmpty();

    [Fact]
    public void A_device_listed_twice_counts_once()
    {
        var reading = Parse("0, Tesla T4, 10, 15360, 0\n0, Tesla T4, 20, 15360, 0");
        reading.Devices.ShouldHaveSingleItem().UsedBytes.ShouldBe(10L << 20);
        reading.Faults.ShouldBe(["device 0 is listed twice"]);
    }

    [Fact]
    public void Faults_are_bounded_and_their_lines_too()
    {
        var reading = Parse(string.Join('\n', Enumerable.Repeat(new string('x', 5000), 500)));
        reading.Faults.Count.ShouldBe(NvidiaSmiCsv.FaultsKept);
        reading.Faults[0].Length.ShouldBeLessThan(250);
    }

    [Fact]
    public void No_text_makes_the_reader_throw_and_no_device_means_a_reason() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string?>(),
                text => Parse(text ?? "") is { } r && r.Available == (r.Devices.Count > 0) && r.Devices.All(d => d.UsedBytes >= 0)
            )
            .Holds();
}
