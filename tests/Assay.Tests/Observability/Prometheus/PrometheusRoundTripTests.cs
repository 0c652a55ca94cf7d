using System.Globalization;
using Assay.Observability.Prometheus;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Tests.Observability.Prometheus;

public sealed class PrometheusRoundTripTests
{
    [Fact]
    public void Whatever_is_recorded_is_read_back_in_both_formats()
    {
        Prop.ForAll<(NonNull<string> Label, double First, double Second)[]>(series =>
            {
                using var scraped = new Scraped();
                var gauge = scraped.Meter.CreateGauge<double>("level", null, "Level.");
                var expected = new Dictionary<string, double>(StringComparer.Ordinal);
                foreach (var round in (int[])[1, 2])
                {
                    foreach (var s in series)
                    {
                        var label = "v" + s.Label.Get.Replace('\r', '_');
                        expected[label] = round == 1 ? s.First : s.Second;
                        gauge.Record(expected[label], Scraped.Tag("label", label));
                    }

                    ShouldShow(PrometheusText.Parse(scraped.Exporter.Scrape(PrometheusFormat.Text)), expected);
                    ShouldShow(PrometheusText.Parse(scraped.Exporter.Scrape(PrometheusFormat.OpenMetrics)), expected);
                }
            })
            .Holds();
    }

    [Fact]
    public void A_page_after_many_changes_equals_a_page_made_at_once()
    {
        Prop.ForAll<(byte Series, int Change)[][]>(rounds =>
            {
                using var patched = new Scraped();
                using var fresh = new Scraped();
                var (a, b) = (patched.Meter.CreateUpDownCounter<long>("open"), fresh.Meter.CreateUpDownCounter<long>("open"));
                foreach (var (series, change) in rounds.SelectMany(RoundThenScrape))
                {
                    a.Add(change, Scraped.Tag("s", series));
                    b.Add(change, Scraped.Tag("s", series));
                }

                patched.Text.ShouldBe(fresh.Text);

                IEnumerable<(byte, int)> RoundThenScrape((byte, int)[] round)
                {
                    foreach (var change in round)
                    {
                        yield return change;
                    }

                    patched.Exporter.Scrape();
                }
            })
            .Holds();
    }

    [Fact]
    public void Numbers_are_the_shortest_that_read_back()
    {
        var random = new Random(20_261);
        Span<byte> text = stackalloc byte[NumberText.MaxLength];
        for (var i = 0; i < 200_000; i++)
        {
            var number =
                i % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)) : Math.Round(random.NextDouble() * 1e4, i % 13);
            if (!double.IsFinite(number))
            {
                continue;
            }

            var written = System.Text.Encoding.ASCII.GetString(text[..NumberText.Write(number, text)]);
            double.Parse(written, CultureInfo.InvariantCulture).ShouldBe(number);
            DigitsOf(written).ShouldBe(DigitsOf(number.ToString("R", CultureInfo.InvariantCulture)));
        }
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(-12.5, "-12.5")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1.5e16, "15000000000000000")]
    [InlineData(1e17, "1e+17")]
    [InlineData(0.00001, "0.00001")]
    [InlineData(0.0000012345, "1.2345e-06")]
    [InlineData(2.2250738585072014E-308, "2.2250738585072014e-308")]
    [InlineData(1.7976931348623157E+308, "1.7976931348623157e+308")]
    [InlineData(-5E-324, "-5e-324")]
    [InlineData(2.98023223876953125E-08, "2.9802322387695312e-08")] // 2^-25: one digit less would be its lower neighbour.
    [InlineData(9007199254740993.0, "9007199254740992")]
    public void Numbers_are_written_as(double number, string expected)
    {
        Span<byte> text = stackalloc byte[NumberText.MaxLength];
        System.Text.Encoding.ASCII.GetString(text[..NumberText.Write(number, text)]).ShouldBe(expected);
    }

    private static void ShouldShow(PrometheusPage page, Dictionary<string, double> expected)
    {
        page.Samples("level").Count().ShouldBe(expected.Count);
        foreach (var (label, value) in expected)
        {
            page.Value("level", ("label", WellFormed(label))).ShouldBe(value);
        }
    }

    // A lone surrogate has no UTF-8 form and is replaced.
    private static string WellFormed(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static string DigitsOf(string number) => number.Split('E', 'e')[0].Replace(".", "").Replace("-", "").Trim('0');
}
