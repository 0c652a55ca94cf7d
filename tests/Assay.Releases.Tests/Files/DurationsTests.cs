using Assay.Releases.Files;

namespace Assay.Releases.Tests.Files;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("10m", 600)]
    [InlineData("4h", 14_400)]
    [InlineData("7d", 604_800)]
    [InlineData("3650d", 315_360_000)]
    public void A_number_and_a_unit_are_a_length_of_time(string text, long seconds) => Durations.TryRead(text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("0m")]
    [InlineData("-1h")]
    [InlineData("1.5h")]
    [InlineData("1 h")]
    [InlineData("1w")]
    [InlineData("3651d")]
    [InlineData("99999999999s")]
    [InlineData("１h")]
    [InlineData(null)]
    public void Nothing_else_is(string? text) => Durations.TryRead(text).ShouldBeNull();

    [Theory]
    [InlineData("90m")]
    [InlineData("4h")]
    [InlineData("2d")]
    [InlineData("45s")]
    public void It_is_told_as_it_is_written(string text) => Durations.Text(Durations.TryRead(text)!.Value).ShouldBe(text);
}
