using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using OpenTelemetry.Metrics;

namespace Assay.Tests.Observability.Prometheus;

public sealed partial class PrometheusPageGoldenTests
{
    [Fact]
    public void Text_shows_every_kind_by_name_and_labels()
    {
        using var scraped = new Scraped();
        Fill(scraped.Meter);
        scraped.Text.ShouldBe(
            """
            # HELP assay_open_jobs Jobs in flight.
            # TYPE assay_open_jobs gauge
            assay_open_jobs -2
            # HELP jobs_total Jobs.
            # TYPE jobs_total counter
            jobs_total{kind="a",stage="x"} 3
            jobs_total{kind="b",stage="x"} 0
            # HELP latency_seconds Latency.
            # TYPE latency_seconds histogram
            latency_seconds_bucket{le="0.5"} 1
            latency_seconds_bucket{le="1.0"} 2
            latency_seconds_bucket{le="+Inf"} 3
            latency_seconds_sum 3.25
            latency_seconds_count 3
            # HELP level_ratio Level.
            # TYPE level_ratio gauge
            level_ratio{at="huge"} 1e+300
            level_ratio{at="inf"} +Inf
            level_ratio{at="minus_inf"} -Inf
            level_ratio{at="nan"} NaN
            level_ratio{at="negative"} -0.1
            level_ratio{at="tiny"} 5e-324
            # HELP spent_usd_total Cost.
            # TYPE spent_usd_total counter
            spent_usd_total 0.30000000000000004

            """
        );
    }

    [Fact]
    public void OpenMetrics_names_families_units_and_the_end()
    {
        using var scraped = new Scraped();
        Fill(scraped.Meter);
        var page = scraped.OpenMetrics;
        page.ShouldStartWith("# TYPE assay_open_jobs gauge\n# HELP assay_open_jobs Jobs in flight.\nassay_open_jobs -2\n");
        page.ShouldContain("# TYPE jobs counter\n# HELP jobs Jobs.\njobs_total{kind=\"a\",stage=\"x\"} 3\n");
        page.ShouldContain("# TYPE latency_seconds histogram\n# UNIT latency_seconds seconds\n# HELP latency_seconds Latency.\n");
        page.ShouldEndWith("spent_usd_total 0.30000000000000004\n# EOF\n");
    }

    [Fact]
    public void A_counter_without_its_suffix_keeps_its_name_and_is_unknown_to_OpenMetrics()
    {
        using var scraped = new Scraped();
        scraped.Meter.CreateCounter<long>("requests").Add(2);
        scraped.Text.ShouldBe("# TYPE requests counter\nrequests 2\n");
        scraped.OpenMetrics.ShouldBe("# TYPE requests unknown\nrequests 2\n# EOF\n");
    }

    [Fact]
    public void OpenMetrics_shows_the_span_behind_a_count_and_a_bucket_and_text_does_not()
    {
        using var scraped = new Scraped();
        using var activity = new Activity("traced") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        var counter = scraped.Meter.CreateCounter<long>("jobs_total");
        counter.Add(7);
        Latency(scraped.Meter).Record(0.75);
        var labels = $"{{trace_id=\"{activity.TraceId}\",span_id=\"{activity.SpanId}\"}}";
        var page = Seconds().Replace(scraped.OpenMetrics, " SECONDS");
        page.ShouldContain($"jobs_total 7 # {labels} 7 SECONDS\n");
        page.ShouldContain("latency_seconds_bucket{le=\"0.5\"} 0\n");
        page.ShouldContain($"latency_seconds_bucket{{le=\"1.0\"}} 1 # {labels} 0.75 SECONDS\n");
        page.ShouldContain("latency_seconds_sum 0.75\n");
        scraped.Text.ShouldNotContain("trace_id");

        using var second = new Activity("traced again") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        counter.Add(10_000);
        Seconds()
            .Replace(scraped.OpenMetrics, " SECONDS")
            .ShouldContain($"jobs_total 10007 # {{trace_id=\"{second.TraceId}\",span_id=\"{second.SpanId}\"}} 10000 SECONDS\n");
    }

    [Fact]
    public void Exponential_histograms_are_shown_with_powers_of_two()
    {
        using var scraped = new Scraped(o => o.View = i => i.Name == "size_bytes" ? new Base2ExponentialBucketHistogramConfiguration() : null);
        var histogram = scraped.Meter.CreateHistogram<double>("size_bytes");
        foreach (var size in (double[])[0, 1, 1.5, 2, 3, 7])
        {
            histogram.Record(size);
        }

        var page = scraped.Page;
        Bucket("0.0").ShouldBe(1);
        Bucket("1.0").ShouldBe(2);
        Bucket("2.0").ShouldBe(4);
        Bucket("4.0").ShouldBe(5);
        Bucket("8.0").ShouldBe(6);
        Bucket("+Inf").ShouldBe(6);
        page.Value("size_bytes_sum").ShouldBe(14.5);

        histogram.Record(100);
        page = scraped.Page;
        Bucket("8.0").ShouldBe(6);
        Bucket("128.0").ShouldBe(7);
        page.Value("size_bytes_count").ShouldBe(7);

        double? Bucket(string bound) => page.Value("size_bytes_bucket", ("le", bound));
    }

    [Fact]
    public void An_exponential_histogram_of_zeros_alone_has_no_powers_yet()
    {
        using var scraped = new Scraped(o => o.View = i => i.Name == "size_bytes" ? new Base2ExponentialBucketHistogramConfiguration() : null);
        scraped.Meter.CreateCounter<long>("other_total").Add(1);
        var histogram = scraped.Meter.CreateHistogram<double>("size_bytes");
        histogram.Record(0);
        scraped.Text.ShouldContain("other_total 1\n");
        scraped.Text.ShouldContain("size_bytes_bucket{le=\"0.0\"} 1\nsize_bytes_bucket{le=\"+Inf\"} 1\nsize_bytes_sum 0\nsize_bytes_count 1\n");
        histogram.Record(3);
        scraped.Text.ShouldContain("size_bytes_bucket{le=\"4.0\"} 2\n");
    }

    [Fact]
    public void A_histogram_without_bounds_has_the_infinite_bucket()
    {
        using var scraped = new Scraped(o => o.View = _ => new ExplicitBucketHistogramConfiguration { Boundaries = [] });
        scraped.Meter.CreateHistogram<long>("size_bytes").Record(5);
        scraped.Text.ShouldBe("# TYPE size_bytes histogram\nsize_bytes_bucket{le=\"+Inf\"} 1\nsize_bytes_sum 5\nsize_bytes_count 1\n");
    }

    [Fact]
    public void The_resource_is_shown_as_target_info()
    {
        using var scraped = new Scraped(o => o.ShowTargetInfo = true);
        const string sample = "target_info{service_name=\"assay-test\",service_version=\"1.2\\\"3\"} 1\n";
        scraped.Text.ShouldEndWith("# TYPE target_info gauge\n" + sample);
        scraped.OpenMetrics.ShouldBe("# TYPE target info\n# HELP target The process that serves this page.\n" + sample + "# EOF\n");
    }

    [Fact]
    public void Values_and_help_are_escaped_and_names_sanitised()
    {
        using var scraped = new Scraped();
        var gauge = scraped.Meter.CreateGauge<long>("http.server/open-requests", null, "Back\\slash, \"quotes\" and\nlines.");
        gauge.Record(1, Scraped.Tag("http.route", "a\\b\"c\nd"), Scraped.Tag("1st", true), Scraped.Tag("http_route", "e"), Scraped.Tag("none", null));
        const string sample = "http_server_open_requests{_1st=\"true\",http_route=\"a\\\\b\\\"c\\nd;e\"} 1\n";
        scraped.Text.ShouldBe("# HELP http_server_open_requests Back\\\\slash, \"quotes\" and\\nlines.\n# TYPE http_server_open_requests gauge\n" + sample);
        scraped.OpenMetrics.ShouldContain("Back\\\\slash, \\\"quotes\\\" and\\nlines.\n" + sample);
        var parsed = scraped.Page.Family("http_server_open_requests")!;
        parsed.Help.ShouldBe("Back\\slash, \"quotes\" and\nlines.");
        parsed.Samples[0].Label("http_route").ShouldBe("a\\b\"c\nd;e");
    }

    private static Histogram<double> Latency(Meter meter) =>
        meter.CreateHistogram("latency_seconds", "s", "Latency.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });

    private static void Fill(Meter meter)
    {
        var level = meter.CreateGauge<double>("level_ratio", "1", "Level.");
        foreach (
            var (at, value) in new[] { ("nan", double.NaN), ("inf", 1 / 0.0), ("minus_inf", -1 / 0.0), ("negative", -0.1), ("tiny", 5e-324), ("huge", 1e300) }
        )
        {
            level.Record(value, Scraped.Tag("at", at));
        }

        var jobs = meter.CreateCounter<long>("jobs_total", "1", "Jobs.");
        jobs.Add(0, Scraped.Tag("stage", "x"), Scraped.Tag("kind", "b"));
        jobs.Add(3, Scraped.Tag("stage", "x"), Scraped.Tag("kind", "a"));
        var latency = Latency(meter);
        latency.Record(0.5);
        latency.Record(0.75);
        latency.Record(2);
        var cost = meter.CreateCounter<double>("spent_usd_total", null, "Cost.");
        cost.Add(0.1);
        cost.Add(0.2);
        meter.CreateUpDownCounter<long>("assay_open_jobs", "1", "Jobs in flight.").Add(-2);
    }

    [GeneratedRegex(@" 1\d{9}\.\d{3}(?=\n)", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Seconds();
}
