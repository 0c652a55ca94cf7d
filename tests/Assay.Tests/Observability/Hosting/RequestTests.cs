using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Assay.Observability.Correlations;
using Assay.Observability.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Observability.Hosting;

[Collection(AloneInProcess.Name)]
public sealed class RequestTests
{
    [Fact]
    public async Task A_request_is_one_span_named_by_method_and_route()
    {
        await using var service = await ServiceBed.StartAsync();
        (await service.GetAsync("/orders/7?key=value")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var span = await service.SpanAsync("GET /orders/{id}");
        span.Attributes["http.request.method"].ShouldBe("GET");
        span.Attributes["http.route"].ShouldBe("/orders/{id}");
        span.Attributes["http.response.status_code"].ShouldBe(200);
        span.Status.ShouldBe(ActivityStatusCode.Unset);
        span.ParentId.ShouldBeNull();
        await service.StopAsync();
        service.Exporter.Spans.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_memory_of_the_process_is_on_the_page()
    {
        await using var service = await ServiceBed.StartAsync();
        var memory = service.Page().Families.Single(f => f.Name == "process_memory_usage_bytes");
        memory.Type.ShouldBe("gauge");
        // A runtime alone takes more than the one, and the machine of a test has less than the other.
        memory.Samples.Single().Value.ShouldBeInRange(10e6, 100e9);
    }

    [Fact]
    public async Task The_callers_correlation_id_comes_back_and_is_on_the_span_and_in_the_log()
    {
        await using var service = await ServiceBed.StartAsync();
        var answer = await service.GetAsync("/orders/7", correlation: "order-7.retry:1");

        answer.Headers.GetValues(Correlation.Header).ShouldBe(["order-7.retry:1"]);
        var span = await service.SpanAsync("GET /orders/{id}");
        span.Attributes[Correlation.BaggageKey].ShouldBe("order-7.retry:1");
        var log = Requests(await service.StopAndReadLogAsync());
        log.Select(r => Text(r, "event")).ShouldBe(["request_started", "request_ended"]);
        log.ShouldAllBe(r => Text(r, "correlation_id") == "order-7.retry:1" && Text(r, "trace_id") == span.TraceId);
        log[1].GetProperty("fields").GetProperty("DurationMs").GetDouble().ShouldBeGreaterThan(0);
        log[1].GetProperty("fields").GetProperty("Operation").GetString().ShouldBe("GET /orders/{id}");
    }

    [Fact]
    public async Task Without_one_the_trace_id_is_the_correlation_id()
    {
        await using var service = await ServiceBed.StartAsync();
        var answer = await service.GetAsync("/orders/7");
        answer.Headers.GetValues(Correlation.Header).ShouldBe([(await service.SpanAsync("GET /orders/{id}")).TraceId]);
    }

    [Fact]
    public async Task An_id_that_is_not_valid_is_ignored_and_stays_out_of_the_log()
    {
        await using var service = await ServiceBed.StartAsync();
        var answer = await service.GetAsync("/orders/7", correlation: "a b; drop");
        answer.Headers.GetValues(Correlation.Header).ShouldBe([(await service.SpanAsync("GET /orders/{id}")).TraceId]);
        var log = await service.StopAndReadLogAsync();
        log.ShouldContain(r => Text(r, "event") == "correlation_ignored");
        log.ShouldAllBe(r => !r.GetRawText().Contains("drop"));
    }

    [Fact]
    public async Task A_call_from_another_service_joins_its_trace_and_its_correlation()
    {
        await using var service = await ServiceBed.StartAsync();
        var answer = await service.GetAsync(
            "/orders/7",
            parent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            baggage: "correlation.id=from-afar"
        );
        answer.Headers.GetValues(Correlation.Header).ShouldBe(["from-afar"]);
        var span = await service.SpanAsync("GET /orders/{id}");
        span.TraceId.ShouldBe("0af7651916cd43dd8448eb211c80319c");
        span.ParentId.ShouldBe("b7ad6b7169203331");
        span.Attributes[Correlation.BaggageKey].ShouldBe("from-afar");
    }

    [Fact]
    public async Task An_outgoing_call_carries_trace_and_correlation()
    {
        HttpClient? calling = null;
        await using var service = await ServiceBed.StartAsync(app => app.MapGet("/calls", async () => await calling!.GetStringAsync("/echo")));
        calling = new HttpClient { BaseAddress = service.Client.BaseAddress };
        var headers = await (await service.GetAsync("/calls", correlation: "chain-1")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        calling.Dispose();

        var (outer, inner) = (await service.SpanAsync("GET /calls"), await service.SpanAsync("GET /echo"));
        headers.ShouldContain($"traceparent: 00-{outer.TraceId}-{inner.ParentId}-01");
        headers.ShouldContain("baggage: correlation.id = chain-1");
        inner.TraceId.ShouldBe(outer.TraceId);
        inner.Attributes[Correlation.BaggageKey].ShouldBe("chain-1");
        var call = service.Exporter.Spans.Single(s => s.SpanId == inner.ParentId);
        call.ParentId.ShouldBe(outer.SpanId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exception_is_answered_with_500_and_the_correlation_id(bool isHandled)
    {
        await using var service = await ServiceBed.StartAsync(
            app =>
            {
                if (isHandled)
                {
                    app.UseExceptionHandler();
                }
            },
            build: b => b.Services.AddProblemDetails()
        );
        var answer = await service.GetAsync("/throws", correlation: "bad-1");
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Headers.GetValues(Correlation.Header).ShouldBe(["bad-1"]);

        var span = await service.SpanAsync("GET /throws");
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.Attributes["error.type"].ShouldBe("System.InvalidOperationException");
        span.StatusDescription.ShouldNotBeNull().ShouldNotContain("ann@example.org");
        service.Page().Value("http_server_errors_total", ("operation", "GET /throws"), ("reason", "exception")).ShouldBe(1);
        var failed = (await service.StopAndReadLogAsync()).Single(r => Text(r, "event") == "request_failed");
        Text(failed, "level").ShouldBe("ERROR");
        failed.GetProperty("exception").GetProperty("type").GetString().ShouldBe("System.InvalidOperationException");
        failed.GetRawText().ShouldNotContain("ann@example.org");
    }

    [Fact]
    public async Task An_answer_of_503_fails_the_span_and_counts_as_an_error()
    {
        await using var service = await ServiceBed.StartAsync();
        (await service.GetAsync("/broken")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var span = await service.SpanAsync("GET /broken");
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.Attributes["error.type"].ShouldBe("503");
        service.Page().Value("http_server_errors_total", ("operation", "GET /broken"), ("reason", "status")).ShouldBe(1);
    }

    [Fact]
    public async Task Paths_that_no_route_matches_share_one_name()
    {
        await using var service = await ServiceBed.StartAsync();
        foreach (var path in (string[])["/wp-login.php", "/etc/passwd"])
        {
            (await service.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        await ServiceBed.UntilAsync(() => service.Exporter.Spans.Count(s => s.Name == "GET") == 2, "two spans by the name of GET");
        service.Page().Value("http_server_request_duration_seconds_count", ("operation", "other"), ("status_class", "4xx")).ShouldBe(2);
    }

    [Fact]
    public async Task A_caller_that_goes_away_is_no_failure_of_the_service()
    {
        var arrived = new TaskCompletionSource();
        await using var service = await ServiceBed.StartAsync(app =>
            app.MapGet(
                "/slow",
                async (CancellationToken gone) =>
                {
                    arrived.SetResult();
                    await Task.Delay(Timeout.Infinite, gone);
                }
            )
        );
        using var leaving = new CancellationTokenSource();
        var call = service.Client.GetAsync("/slow", leaving.Token);
        await arrived.Task;
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);

        var span = await service.SpanAsync("GET /slow");
        span.Status.ShouldBe(ActivityStatusCode.Unset);
        span.Attributes["http.response.status_code"].ShouldBe(499);
        service.Page().Sum("http_server_errors_total", ("operation", "GET /slow")).ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_a_failure_of_its_real_length()
    {
        await using var service = await ServiceBed.StartAsync(app =>
            app.MapGet(
                "/streams",
                async (HttpContext context) =>
                {
                    await context.Response.WriteAsync("first", context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    throw new InvalidOperationException("the model went away");
                }
            )
        );
        await Should.ThrowAsync<HttpRequestException>(() => service.GetAsync("/streams"));

        var span = await service.SpanAsync("GET /streams");
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.Attributes["error.type"].ShouldBe("System.InvalidOperationException");
        span.Attributes["http.response.status_code"].ShouldBe(200);
        var page = service.Page();
        page.Value("http_server_errors_total", ("operation", "GET /streams"), ("reason", "exception")).ShouldBe(1);
        page.Value("http_server_request_duration_seconds_sum", ("operation", "GET /streams"), ("status_class", "2xx"))!.Value.ShouldBeGreaterThan(0);
        var failed = Requests(await service.StopAndReadLogAsync()).Single(r => Text(r, "event") == "request_failed");
        failed.GetProperty("exception").GetProperty("message").GetString().ShouldBe("the model went away");
    }

    [Fact]
    public async Task A_caller_that_goes_away_while_the_answer_streams_is_no_failure_either()
    {
        await using var service = await ServiceBed.StartAsync(app =>
            app.MapGet(
                "/streams",
                async (HttpContext context) =>
                {
                    await context.Response.WriteAsync("first", context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }
            )
        );
        using (await service.Client.GetAsync("/streams", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            // The caller has the begin of the answer and leaves.
        }

        var span = await service.SpanAsync("GET /streams");
        span.Status.ShouldBe(ActivityStatusCode.Unset);
        service.Page().Sum("http_server_errors_total", ("operation", "GET /streams")).ShouldBe(0);
    }

    [Fact]
    public async Task Calling_it_twice_is_refused() =>
        (await Should.ThrowAsync<AssayException>(() => ServiceBed.StartAsync(build: b => b.AddAssayObservability()))).ExitCode.ShouldBe(ExitCode.WrongUsage);

    [Fact]
    public async Task Probes_and_scrapes_leave_no_trace()
    {
        await using var service = await ServiceBed.StartAsync();
        (await service.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await service.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await service.GetAsync("/orders/1");
        await service.SpanAsync("GET /orders/{id}");
        service.Page().Samples("http_server_request_duration_seconds_count").Count().ShouldBe(1);
        Requests(await service.StopAndReadLogAsync()).Count.ShouldBe(2);
        service.Exporter.Spans.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_metrics_page_is_for_callers_of_this_machine()
    {
        await using var service = await ServiceBed.StartAsync();
        await service.GetAsync("/orders/1");
        var page = await service.GetAsync("/metrics");
        page.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldContain("""http_server_request_duration_seconds_count{operation="GET /orders/{id}",status_class="2xx"} 1""");

        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        foreign.Headers.Host = "rebound.example.org";
        (await service.Client.SendAsync(foreign, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    private static List<JsonElement> Requests(List<JsonElement> log) => [.. log.Where(r => Text(r, "component") == "request")];

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() : null;
}
