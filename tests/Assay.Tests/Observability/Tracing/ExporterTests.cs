using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Assay.Observability;
using Assay.Observability.Tracing;
using Assay.Telemetry;

namespace Assay.Tests.Observability.Tracing;

public sealed class ExporterTests
{
    [Fact]
    public void The_file_gets_one_json_object_per_span()
    {
        using var folder = new TempFolder();
        var path = folder.File("deep/er/traces.jsonl");
        using (
            var bed = new TracingBed(
                new ObservabilityOptions
                {
                    TraceFilePath = path,
                    ServiceName = "rag",
                    Environment = "test",
                }
            )
        )
        {
            using var root = bed.Source.Operation("rag.query", ActivityKind.Server);
            using var child = bed.Source.Operation("rag.dense");
            child.Set("batch_size", 5);
            child.Set("coverage_ratio", 0.5);
            child.Set("fallback_used", false);
            child.Activity!.SetTag("names", new[] { "a", "б" });
            child.Set("nasty", "line\nbreak \"quote\" \u2028 \ud800");
            child.Fail(new InvalidOperationException("broken"));
        }

        var spans = Lines(path);
        spans.Count.ShouldBe(2);
        var dense = spans[0];
        var query = spans[1];
        dense.GetProperty("name").GetString().ShouldBe("rag.dense");
        dense.GetProperty("parent_id").GetString().ShouldBe(query.GetProperty("span_id").GetString());
        dense.GetProperty("trace_id").GetString().ShouldBe(query.GetProperty("trace_id").GetString());
        dense.GetProperty("correlation_id").GetString().ShouldBe(query.GetProperty("trace_id").GetString());
        dense.GetProperty("status").GetString().ShouldBe("error");
        dense.GetProperty("status_description").GetString().ShouldBe("broken");
        dense.GetProperty("start").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$");
        dense.GetProperty("duration_ms").GetDouble().ShouldBeGreaterThan(0);
        var attributes = dense.GetProperty("attributes");
        attributes.GetProperty("batch_size").GetInt64().ShouldBe(5);
        attributes.GetProperty("coverage_ratio").GetDouble().ShouldBe(0.5);
        attributes.GetProperty("fallback_used").GetBoolean().ShouldBeFalse();
        attributes.GetProperty("names").EnumerateArray().Select(e => e.GetString()).ShouldBe(["a", "б"]);
        attributes.GetProperty("nasty").GetString().ShouldBe("line\nbreak \"quote\" \u2028 \ufffd");
        dense.GetProperty("events")[0].GetProperty("attributes").GetProperty("exception.type").GetString().ShouldBe("System.InvalidOperationException");
        query.GetProperty("kind").GetString().ShouldBe("server");
        query.GetProperty("parent_id").ValueKind.ShouldBe(JsonValueKind.Null);
        query.GetProperty("resource").GetProperty("service.name").GetString().ShouldBe("rag");
        query.GetProperty("resource").GetProperty("deployment.environment").GetString().ShouldBe("test");
        query.GetProperty("resource").GetProperty("service.version").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void A_second_run_appends_and_closes_a_half_line_of_a_killed_one()
    {
        using var folder = new TempFolder();
        var path = folder.File("traces.jsonl");
        File.WriteAllText(path, "{\"name\":\"first\"}\n{\"na");
        using (var bed = new TracingBed(new ObservabilityOptions { TraceFilePath = path }))
        {
            bed.Source.Operation("second").Dispose();
        }

        var lines = File.ReadAllLines(path);
        lines.Length.ShouldBe(3);
        lines[1].ShouldBe("{\"na");
        JsonDocument.Parse(lines[2]).RootElement.GetProperty("name").GetString().ShouldBe("second");
    }

    [Fact]
    public void A_long_value_is_cut_marked_and_counted()
    {
        using var folder = new TempFolder();
        var path = folder.File("traces.jsonl");
        using var meter = new ObservabilityMeter(TelemetryRegistry.Default);
        using var exporter = new JsonlTraceExporter(path, meter, maxValueLength: 10);
        using var span = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        span.SetTag("text", "12345678\ud83d\ude00x");
        span.SetTag("long", "123456789\ud83d\ude00");
        span.Stop();
        exporter.Export(new([span], 1));
        var attributes = Lines(path)[0].GetProperty("attributes");
        attributes.GetProperty("text").GetString().ShouldBe("12345678\ud83d\ude00…[1 characters cut]");
        attributes.GetProperty("long").GetString().ShouldBe("123456789…[2 characters cut]");
        exporter.Truncated.ShouldBe(2);
    }

    [Fact]
    public void A_full_disk_is_counted_and_not_thrown()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Skip("There is no /dev/full on this system.");
        }

        using var bed = new TracingBed(new ObservabilityOptions { TraceFilePath = "/dev/full" });
        bed.Source.Operation("work").Dispose();
        bed.Flush();
        bed.Dropped(DropReason.WriteFailed).ShouldBe(1);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_named_with_a_fix()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("taken"), "");
        using var meter = new ObservabilityMeter(TelemetryRegistry.Default);
        var fault = Should.Throw<AssayException>(() => new JsonlTraceExporter(folder.File("taken/traces.jsonl"), meter));
        fault.ExitCode.ShouldBe(ExitCode.Infrastructure);
        fault.Message.ShouldContain("taken/traces.jsonl");
    }

    [Fact]
    public void The_console_gets_one_line_per_span_without_control_characters()
    {
        using var console = new StringWriter();
        using var bed = new TracingBed(new ObservabilityOptions { TraceFilePath = "", TraceConsoleOutput = true }, console);
        using (var operation = bed.Source.Operation("rag.dense"))
        {
            operation.Set("text", "a\u001b[2J\nb");
            operation.Fail("broken");
        }

        bed.Flush();
        var line = console.ToString().TrimEnd('\r', '\n');
        line.ShouldMatch(@"^\d\d:\d\d:\d\d\.\d{3} [0-9a-f]{8} rag\.dense \d+\.\d{3} ms FAILED broken text=a \[2J b$");
    }

    [Fact]
    public void The_memory_exporter_is_bounded_and_counts_what_it_leaves_out()
    {
        using var meter = new ObservabilityMeter(TelemetryRegistry.Default);
        using var exporter = new InMemoryTraceExporter(meter, capacity: 2);
        using var span = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
        span.Stop();
        exporter.Export(new([span, span, span], 3));
        exporter.Spans.Count.ShouldBe(2);
        meter.Dropped(TelemetrySignal.Span, DropReason.BufferFull).ShouldBe(1);
    }

    [Fact]
    public async Task Otlp_reaches_a_receiver_with_service_and_span_names()
    {
        using var receiver = Listen(out var address);
        var receiving = receiver.GetContextAsync();
        using var bed = new TracingBed(
            new ObservabilityOptions
            {
                TraceFilePath = "",
                OtlpEndpoint = address,
                ServiceName = "otlp-service",
            }
        );
        bed.Source.Operation("rag.rerank").Dispose();
        var flushing = Task.Run(bed.Flush, TestContext.Current.CancellationToken);
        var context = await receiving;
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body, TestContext.Current.CancellationToken);
        context.Response.StatusCode = 200;
        context.Response.Close();
        (await flushing).ShouldBeTrue();
        context.Request.Url!.AbsolutePath.ShouldBe("/v1/traces");
        context.Request.ContentType.ShouldBe("application/x-protobuf");
        var text = System.Text.Encoding.Latin1.GetString(body.ToArray());
        text.ShouldContain("rag.rerank");
        text.ShouldContain("otlp-service");
    }

    [Fact]
    public void Spans_that_the_receiver_refuses_are_counted()
    {
        using var bed = new TracingBed(new ObservabilityOptions { TraceFilePath = "", OtlpEndpoint = new Uri("http://127.0.0.1:9") });
        bed.Source.Operation("work").Dispose();
        bed.Flush();
        // A flush waits until the batch was taken, not until the receiver has refused it.
        SpinWait.SpinUntil(() => bed.Dropped(DropReason.WriteFailed) > 0, Patience.Longest).ShouldBeTrue();
        bed.Dropped(DropReason.WriteFailed).ShouldBe(1);
    }

    [Fact]
    public void Many_threads_leave_whole_lines()
    {
        using var folder = new TempFolder();
        var path = folder.File("traces.jsonl");
        using (var bed = new TracingBed(new ObservabilityOptions { TraceFilePath = path }))
        {
            Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, t => Emit(bed.Source, 250));
        }

        Lines(path).Count.ShouldBe(2_000);
    }

    private static void Emit(ActivitySource source, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var operation = source.Operation("work");
            operation.Set("i", i);
        }
    }

    private static HttpListener Listen(out Uri address)
    {
        for (var port = 20_000; ; port++)
        {
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                address = new Uri($"http://127.0.0.1:{port}");
                return listener;
            }
            catch (HttpListenerException) when (port < 20_200)
            {
                listener.Close();
            }
        }
    }

    private static List<JsonElement> Lines(string path) => [.. File.ReadAllLines(path).Select(l => JsonDocument.Parse(l).RootElement)];
}
