using System.Net;
using System.Net.Sockets;
using Assay.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Observability.Hosting;

[Collection(AloneInProcess.Name)]
public sealed class ExportTests
{
    [Fact]
    public async Task Spans_and_logs_of_a_request_are_sent_over_OTLP_with_one_trace_id()
    {
        await using var receiver = await ReceivedOtlp.StartAsync();
        await using var service = await ServiceBed.StartAsync(configure: o => o.OtlpEndpoint = receiver.Address);
        await service.GetAsync("/orders/7", correlation: "order-over-otlp-1");
        var span = await service.SpanAsync("GET /orders/{id}");
        await service.StopAsync();

        var traces = string.Join('\n', receiver.Traces);
        traces.ShouldContain("GET /orders/{id}");
        traces.ShouldContain(span.TraceId);
        var logs = string.Join('\n', receiver.Logs);
        logs.ShouldContain("Request GET /orders/{id} ended with 200");
        logs.ShouldContain(span.TraceId);
        logs.ShouldContain("order-over-otlp-1");
        logs.ShouldContain("rag-service");
    }

    [Fact]
    public async Task Logs_are_redacted_before_they_leave_the_process()
    {
        await using var receiver = await ReceivedOtlp.StartAsync();
        await using var service = await ServiceBed.StartAsync(configure: o => o.OtlpEndpoint = receiver.Address);
        var log = service.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Orders");
        log.LogError(new InvalidOperationException("from bob@example.org"), "Mail {Address} with {Password}", "ann@example.org", "hunter2");
        await service.StopAsync();

        var logs = string.Join('\n', receiver.Logs);
        logs.ShouldContain("System.InvalidOperationException");
        logs.ShouldContain("[email]");
        logs.ShouldNotContain("example.org");
        logs.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_receiver_that_is_down_costs_the_service_nothing_and_what_is_lost_is_counted()
    {
        await using var service = await ServiceBed.StartAsync(configure: o => o.OtlpEndpoint = NobodyListens());
        for (var i = 0; i < 20; i++)
        {
            (await service.GetAsync($"/orders/{i}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var meter = service.Meter;
        await service.StopAsync();
        meter.Dropped(TelemetrySignal.Span, DropReason.WriteFailed).ShouldBe(20);
        meter.Dropped(TelemetrySignal.Log, DropReason.WriteFailed).ShouldBeGreaterThanOrEqualTo(40);
    }

    [Fact]
    public async Task Records_beyond_the_queue_are_dropped_and_counted()
    {
        // Connections are taken by the system and never answered.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var service = await ServiceBed.StartAsync(configure: o => o.OtlpEndpoint = new Uri($"http://{silent.LocalEndpoint}"));
        var log = service.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Orders");
        for (var i = 0; i < 10_000; i++)
        {
            log.LogInformation("Order {Number}", i);
        }

        service.Meter.Dropped(TelemetrySignal.Log, DropReason.BufferFull).ShouldBeGreaterThanOrEqualTo(10_000 - 4_096 - 512);
        // What waits now ends with an error, not with the exporter's patience.
        silent.Stop();
    }

    private static Uri NobodyListens()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }
}
