using System.Diagnostics;
using Assay.Observability.Prometheus;

namespace Assay.Tests.Observability.Prometheus;

public sealed class PrometheusCostTests
{
    private const int Series = 20_000;

    [Theory]
    [InlineData(PrometheusFormat.Text)]
    [InlineData(PrometheusFormat.OpenMetrics)]
    public void A_warm_scrape_of_20000_samples_allocates_at_most_a_kilobyte(PrometheusFormat format)
    {
        using var scraped = new Scraped(o => o.CardinalityLimit = Series);
        using var activity = new Activity("traced") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        var counter = scraped.Meter.CreateCounter<long>("jobs_total");
        var allocated = long.MaxValue;
        for (var round = 0; round < 40; round++)
        {
            for (var i = 0; i < Series; i++)
            {
                counter.Add(1 + round, Scraped.Tag("series", i));
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            scraped.Exporter.Scrape(format, 0, static (_, _) => { });
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        PrometheusText.Parse(scraped.Exporter.Scrape(format)).Samples("jobs_total").Count().ShouldBe(Series);
        allocated.ShouldBeLessThanOrEqualTo(1024);
    }
}
