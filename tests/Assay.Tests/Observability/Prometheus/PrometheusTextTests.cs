using Assay.Observability.Prometheus;

namespace Assay.Tests.Observability.Prometheus;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Families_samples_times_and_exemplars_are_read()
    {
        var page = PrometheusText.Parse(
            """
            # TYPE jobs counter
            # UNIT jobs jobs
            # HELP jobs Jobs \"done\".
            jobs_total{kind="a"} 3 1700000000.5 # {trace_id="ab",span_id="cd"} 1 1699999999.125
            # TYPE t histogram
            t_bucket{le="1.0"} 1
            t_bucket{le="+Inf"} 2
            t_sum 7.5
            t_count 2
            loose -Inf
            # EOF
            """
        );
        page.Families.Select(f => $"{f.Name} {f.Type} {f.Samples.Count}").ShouldBe(["jobs counter 1", "t histogram 4", "loose unknown 1"]);
        page.Family("jobs")!.Help.ShouldBe("Jobs \"done\".");
        page.Family("jobs")!.Unit.ShouldBe("jobs");
        var jobs = page.Samples("jobs_total").Single();
        jobs.Timestamp.ShouldBe(1700000000.5);
        jobs.Exemplar!.Labels.Select(l => l.Value).ShouldBe(["ab", "cd"]);
        jobs.Exemplar.Timestamp.ShouldBe(1699999999.125);
        page.Value("t_bucket", ("le", "1")).ShouldBe(1);
        page.Value("t_bucket", ("le", "2")).ShouldBeNull();
        page.Sum("t_bucket").ShouldBe(3);
        page.Value("loose").ShouldBe(double.NegativeInfinity);
        Should.Throw<InvalidOperationException>(() => page.Value("t_bucket")).Message.ShouldContain("t_bucket{le=\"1.0\"}");
    }

    [Theory]
    [InlineData("a 1\nb one\n", "Line 2", "'one' is no number")]
    [InlineData("a\n", "Line 1", "value '' is no number")]
    [InlineData("a 1 2 3\n", "Line 1", "'3' follows the timestamp")]
    [InlineData("a{x=\"1} 1\n", "Line 1", "not closed")]
    [InlineData("a{x=1} 1\n", "Line 1", "not in quotes")]
    [InlineData("a{x=\"1\" y=\"2\"} 1\n", "Line 1", "a comma")]
    [InlineData("a{x=\"1\",x=\"2\"} 1\n", "Line 1", "occurs twice")]
    [InlineData("a{x} 1\n", "Line 1", "'=' is missing")]
    [InlineData("9a 1\n", "Line 1", "cannot begin a name")]
    [InlineData("a 1\n# EOF\na 2\n", "Line 3", "follows '# EOF'")]
    [InlineData("a 1 # {} 1 2 3\n", "Line 1", "follows the exemplar")]
    public void A_broken_line_is_named(string page, string line, string problem)
    {
        var error = Should.Throw<AssayException>(() => PrometheusText.Parse(page));
        error.Message.ShouldContain(line);
        error.Message.ShouldContain(problem);
        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Theory]
    [InlineData(null, PrometheusFormat.Text)]
    [InlineData("", PrometheusFormat.Text)]
    [InlineData("*/*", PrometheusFormat.Text)]
    [InlineData("text/html, image/png", PrometheusFormat.Text)]
    [InlineData("application/openmetrics-text", PrometheusFormat.OpenMetrics)]
    [InlineData(
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        PrometheusFormat.OpenMetrics
    )]
    [InlineData("application/openmetrics-text;version=0.0.1,text/plain;q=0.5", PrometheusFormat.Text)]
    [InlineData("application/openmetrics-text; version=\"1.0.0\"; q=0.3, text/plain;q=0.7", PrometheusFormat.Text)]
    [InlineData("text/plain;q=0.3, APPLICATION/OpenMetrics-Text; Q=0.9", PrometheusFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text;q=0, */*;q=0.1", PrometheusFormat.Text)]
    [InlineData("application/openmetrics-text;q=high", PrometheusFormat.Text)]
    [InlineData("text/plain, application/openmetrics-text", PrometheusFormat.Text)]
    public void The_best_liked_form_is_sent(string? accept, PrometheusFormat expected) => PrometheusContent.Negotiate(accept).ShouldBe(expected);

    [Fact]
    public void Content_types_name_the_version()
    {
        PrometheusContent.TypeOf(PrometheusFormat.Text).ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        PrometheusContent.TypeOf(PrometheusFormat.OpenMetrics).ShouldBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
    }
}
