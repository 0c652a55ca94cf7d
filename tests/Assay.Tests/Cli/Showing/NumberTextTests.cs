using System.Text.Json;
using Assay.Cli.Showing;
using Assay.Statistics;

namespace Assay.Tests.Cli.Showing;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0, 0, "0")]
    [InlineData(5.7349, 0, "5.73")]
    [InlineData(-5.7349, 12.3, "-5.7")]
    [InlineData(123456.7, 123, "123,457")]
    [InlineData(0.00041, 0.00041, "0.000410")]
    [InlineData(0.000041, 0.000041, "4.1e-5")]
    [InlineData(5, 0.000041, "5e+0")]
    [InlineData(999_999_999, 0, "999,999,999")]
    [InlineData(1e9, 0, "1e+9")]
    [InlineData(-1.23456e300, 1, "-1.235e+300")]
    public void Three_digits_of_what_is_uncertain_are_shown(double value, double scale, string text) => NumberText.Of(value, scale).ShouldBe(text);

    [Theory]
    [InlineData(123456.7, "123,456.70")]
    [InlineData(123456789.1, "1.23457e+8")]
    public void A_number_that_would_fill_the_column_has_an_exponent(double value, string text) => NumberText.Fit(value, 1, 12).ShouldBe(text);

    [Theory]
    [InlineData(0, "1.000")]
    [InlineData(-0.05, "0.891")]
    [InlineData(-1, "0.100")]
    [InlineData(-1.3, "0.0501")]
    [InlineData(-2.999, "0.0010")]
    [InlineData(-3.5, "3.2e-4")]
    [InlineData(-3.0001, "1.0e-3")]
    [InlineData(-300.25, "5.6e-301")]
    [InlineData(-423.5, "3.2e-424")]
    [InlineData(-1142880220.4935564, "3.2e-1142880221")]
    public void A_p_value_is_shown_however_small(double log10, string text) => NumberText.Of(P(log10)).ShouldBe(text);

    [Fact]
    public void Ends_are_named_when_there_is_only_one()
    {
        NumberText.Of(new Interval(-1, 2, 0.95), NumberText.Plain).ShouldBe("-1 to 2");
        NumberText.Of(new Interval(-1, null, 0.95), NumberText.Plain).ShouldBe("at least -1");
        NumberText.Of(new Interval(null, 2, 0.95), NumberText.Plain).ShouldBe("at most 2");
        NumberText.Of(new Interval(null, null, 0.95), NumberText.Plain).ShouldBe("unbounded");
    }

    [Theory]
    [InlineData(0.95, "95 %")]
    [InlineData(0.999, "99.9 %")]
    [InlineData(0.08378, "8.38 %")]
    [InlineData(0.9995, "99.95 %")]
    [InlineData(0.9999, "99.99 %")]
    [InlineData(1, "100 %")]
    [InlineData(12.3456, "1,235 %")]
    [InlineData(4.69e-10, "4.69e-8 %")]
    public void A_share_has_no_idle_zeros(double share, string text) => NumberText.ShortPercent(share).ShouldBe(text);

    [Fact]
    public void Equations_and_units_are_not_torn_apart()
    {
        var text = string.Join(' ', Enumerable.Repeat("p = 0.5, 95 %", 40));
        var lines = WrappedText.Lines(text).ToList();
        lines.ShouldAllBe(l => l.Length <= 80 && !l.StartsWith('=') && !l.StartsWith('%') && !l.EndsWith('='));
        string.Join(' ', lines).ShouldBe(text);
    }

    private static PValue P(double log10) => JsonSerializer.Deserialize<PValue>($$"""{"Value": {{Math.Pow(10, log10):R}}, "Log10": {{log10:R}}}""");
}
