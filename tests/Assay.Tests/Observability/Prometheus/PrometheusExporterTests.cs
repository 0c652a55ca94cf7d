using System.Diagnostics.Metrics;
using Assay.Observability.Prometheus;

namespace Assay.Tests.Observability.Prometheus;

public sealed class PrometheusExporterTests
{
    private static readonly string[] Kinds = ["a", "b", "c"];

    [Fact]
    public void Registered_counters_start_at_zero_in_every_closed_label_value()
    {
        using var scraped = new Scraped(o => o.StartsAtZero = static (_, labels) => labels.GetValueOrDefault("outcome") != "duplicate");
        var documents = scraped.Meter.CreateCounter<long>("rag_documents_total", "1", "Documents.");
        var page = scraped.Page;
        page.Value("rag_documents_total", ("outcome", "indexed")).ShouldBe(0);
        page.Value("rag_documents_total", ("outcome", "bad")).ShouldBe(0);
        page.Value("rag_documents_total", ("outcome", "duplicate")).ShouldBeNull();
        documents.Add(2, Scraped.Tag("outcome", "bad"));
        scraped.Page.Value("rag_documents_total", ("outcome", "bad")).ShouldBe(2);
    }

    [Fact]
    public void Registered_histograms_take_the_buckets_of_the_registry()
    {
        using var scraped = new Scraped();
        scraped.Meter.CreateHistogram<double>("rag_dense_latency_seconds").Record(0.0015);
        var page = scraped.Page;
        page.Samples("rag_dense_latency_seconds_bucket").Count().ShouldBe(13);
        page.Value("rag_dense_latency_seconds_bucket", ("le", "0.001")).ShouldBe(0);
        page.Value("rag_dense_latency_seconds_bucket", ("le", "0.0025")).ShouldBe(1);
    }

    [Fact]
    public void Late_untagged_and_overflow_points_do_not_mislabel_the_others()
    {
        using var scraped = new Scraped(o => o.CardinalityLimit = 3);
        var counter = scraped.Meter.CreateCounter<long>("jobs_total");
        for (var i = 0; i < Kinds.Length; i++)
        {
            counter.Add(i + 1, Scraped.Tag("kind", Kinds[i]));
        }

        ShouldHold(scraped.Page, untagged: null, overflow: null);
        counter.Add(100);
        ShouldHold(scraped.Page, untagged: 100, overflow: null);
        counter.Add(1000, Scraped.Tag("kind", "d"));
        counter.Add(1000, Scraped.Tag("kind", "e"));
        ShouldHold(scraped.Page, untagged: 100, overflow: 2000);
        scraped.Page.Value("assay_telemetry_dropped_total", ("signal", "metric"), ("reason", "cardinality_limit")).ShouldBe(1);
    }

    [Fact]
    public void The_overflow_is_counted_once_in_the_scrape_that_first_shows_it()
    {
        using var scraped = new Scraped(o => o.CardinalityLimit = 1);
        var counter = scraped.Meter.CreateCounter<long>("jobs_total");
        counter.Add(1, Scraped.Tag("kind", "a"));
        counter.Add(1, Scraped.Tag("kind", "b"));
        scraped.Page.Value("assay_telemetry_dropped_total", ("reason", "cardinality_limit")).ShouldBe(1);
        PrometheusText.Parse(scraped.OpenMetrics).Value("assay_telemetry_dropped_total", ("reason", "cardinality_limit")).ShouldBe(1);
    }

    [Fact]
    public void Observable_series_come_go_and_swap_without_mixing_up()
    {
        using var scraped = new Scraped();
        Measurement<long>[] now = [];
        scraped.Meter.CreateObservableGauge("queue_length", () => now);
        now = [new(1, Scraped.Tag("q", "a")), new(2, Scraped.Tag("q", "b"))];
        scraped.Text.ShouldEndWith("queue_length{q=\"a\"} 1\nqueue_length{q=\"b\"} 2\n");
        now = [new(30, Scraped.Tag("q", "b")), new(40, Scraped.Tag("q", "c"))];
        scraped.Text.ShouldEndWith("queue_length{q=\"b\"} 30\nqueue_length{q=\"c\"} 40\n");
        scraped.Text.ShouldNotContain("\"a\"");
        now = [new(5, Scraped.Tag("q", "a")), new(6, Scraped.Tag("q", "c"))];
        scraped.Text.ShouldEndWith("queue_length{q=\"a\"} 5\nqueue_length{q=\"c\"} 6\n");
        now = [];
        scraped.Text.ShouldBe("");
    }

    [Fact]
    public void Series_of_one_name_from_two_instruments_appear_once_and_types_do_not_mix()
    {
        using var scraped = new Scraped();
        scraped.Meter.CreateGauge<long>("a.level").Record(1, Scraped.Tag("x", "1"));
        scraped.Meter.CreateGauge<long>("a/level").Record(2, Scraped.Tag("x", "1"));
        scraped.Meter.CreateGauge<double>("a-level").Record(3, Scraped.Tag("x", 2));
        scraped.Meter.CreateCounter<long>("a_level").Add(4);
        scraped.Text.ShouldBe("# TYPE a_level gauge\na_level{x=\"1\"} 1\na_level{x=\"2\"} 3\n");
        scraped.Exporter.Conflicts.ShouldBe([$"a_level of meter {scraped.Meter.Name}"]);
    }

    [Fact]
    public void Tags_that_look_the_same_on_the_page_are_one_series()
    {
        using var scraped = new Scraped();
        var gauge = scraped.Meter.CreateGauge<long>("level");
        gauge.Record(1, Scraped.Tag("x", 1));
        gauge.Record(2, Scraped.Tag("x", "1"));
        gauge.Record(3, Scraped.Tag("x", "2"));
        scraped.Text.ShouldBe("# TYPE level gauge\nlevel{x=\"1\"} 1\nlevel{x=\"2\"} 3\n");
        gauge.Record(30, Scraped.Tag("x", "2"));
        scraped.Text.ShouldEndWith("level{x=\"2\"} 30\n");
    }

    [Fact]
    public void A_family_that_does_not_fit_is_left_out_whole_and_counted()
    {
        using var scraped = new Scraped(o => o.MaxPageBytes = 1024);
        var big = scraped.Meter.CreateCounter<long>("big_total");
        scraped.Meter.CreateCounter<long>("small_total").Add(1);
        for (var i = 0; i < 100; i++)
        {
            big.Add(1, Scraped.Tag("i", i));
        }

        var page = scraped.Page;
        page.Value("small_total").ShouldBe(1);
        page.Family("big_total").ShouldBeNull();
        page.Value("assay_telemetry_dropped_total", ("reason", "buffer_full")).ShouldBe(1);
        scraped.Page.Value("small_total").ShouldBe(1);
    }

    [Fact]
    public async Task Concurrent_scrapes_see_whole_pages_that_never_go_back()
    {
        using var scraped = new Scraped();
        var counter = scraped.Meter.CreateCounter<long>("jobs_total");
        var latency = scraped.Meter.CreateHistogram<double>("rag_dense_latency_seconds");
        var cancel = TestContext.Current.CancellationToken;
        var writer = Task.Run(
            () =>
            {
                for (var i = 0; i < 20_000; i++)
                {
                    counter.Add(1, Scraped.Tag("kind", i % 50));
                    latency.Record(i % 11);
                }
            },
            cancel
        );
        var readers = Enumerable.Range(0, 4).Select(r => Task.Run(() => ScrapeOften(scraped, (PrometheusFormat)(r % 2)), cancel));
        await Task.WhenAll([writer, .. readers]);
        scraped.Page.Sum("jobs_total").ShouldBe(20_000);
    }

    [Fact]
    public void A_disposed_provider_says_so()
    {
        var scraped = new Scraped();
        scraped.Dispose();
        Should.Throw<InvalidOperationException>(() => scraped.Exporter.Scrape()).Message.ShouldContain("no running meter provider");
    }

    [Fact]
    public void A_limit_out_of_range_is_wrong_usage() =>
        Should.Throw<AssayException>(() => new Scraped(o => o.CardinalityLimit = 0)).ExitCode.ShouldBe(ExitCode.WrongUsage);

    [Fact]
    public void The_textfile_is_the_page()
    {
        using var scraped = new Scraped();
        scraped.Meter.CreateCounter<long>("jobs_total").Add(4);
        var path = Path.Combine(Directory.CreateTempSubdirectory("assay-metrics").FullName, "assay.prom");
        MetricsFile.Write(path, scraped.Exporter);
        File.ReadAllText(path).ShouldBe(scraped.Text);
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static void ShouldHold(PrometheusPage page, double? untagged, double? overflow)
    {
        var jobs = page.Samples("jobs_total").ToList();
        jobs.Where(s => s.Labels.Count == 0).Select(s => (double?)s.Value).SingleOrDefault().ShouldBe(untagged);
        page.Value("jobs_total", ("otel_metric_overflow", "true")).ShouldBe(overflow);
        for (var i = 0; i < Kinds.Length; i++)
        {
            page.Value("jobs_total", ("kind", Kinds[i])).ShouldBe(i + 1);
        }
    }

    private static void ScrapeOften(Scraped scraped, PrometheusFormat format)
    {
        var before = 0.0;
        for (var i = 0; i < 100; i++)
        {
            var page = PrometheusText.Parse(scraped.Exporter.Scrape(format));
            var now = page.Sum("jobs_total") ?? 0;
            now.ShouldBeGreaterThanOrEqualTo(before);
            before = now;
            page.Value("rag_dense_latency_seconds_bucket", ("le", "+Inf")).ShouldBe(page.Value("rag_dense_latency_seconds_count"));
        }
    }
}
