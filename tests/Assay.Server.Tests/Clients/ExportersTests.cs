using System.Diagnostics;
using System.Globalization;
using Assay.Prices;
using Assay.Server.Intake.Details;
using Assay.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace Assay.Server.Tests.Clients;

/// <summary>Unmodified SDKs send to a hub; they are told the endpoint, and to be patient on a busy machine, and nothing else.</summary>
public sealed class ExportersTests(JavaScript js) : IClassFixture<JavaScript>
{
    private const string Prices = """
        models:
          - model: small-1
            prices: [{ from: 2020-01-01, input: 1, output: 10 }]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("proto", false)]
    [InlineData("http", false)]
    [InlineData("grpc", true)]
    public async Task JavaScript_spans_appear_with_their_cost(string exporter, bool grpc)
    {
        await using var hub = await StartAsync();
        var endpoint = grpc ? hub.Addresses.OtlpGrpc : hub.Addresses.OtlpHttp;

        var trace = await js.RunAsync(
            "send.mjs",
            exporter,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.ToString()),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", Patience.Longest.TotalMilliseconds.ToString(CultureInfo.InvariantCulture))
        );

        var stored = await StoredAsync(hub, trace);
        // JavaScript tells milliseconds: both may have begun at once.
        stored.Spans.Select(s => s.Name).ShouldBe(["POST /ask", "chat small-1"], ignoreOrder: true);
        var request = stored.Spans.Single(s => s.Name == "POST /ask");
        var call = stored.Spans.Single(s => s.Name == "chat small-1");
        request.IsRequest.ShouldBeTrue();
        request.Source.Scope.ShouldBe("js-client");
        request.Source.Service.ShouldStartWith("unknown_service");
        OtlpSpanDetails.Read(request.Body).Attributes.Single(a => a.Key == "tags").Text.ShouldBe("""["a", "b"]""");
        OtlpResource.Read(request.Source.Resource).ShouldContain(a => a.Key == "telemetry.sdk.language" && a.Text == "nodejs");
        call.Parent.ShouldBe(request.Span);
        call.IsRequest.ShouldBeFalse();
        call.Failed.ShouldBeTrue();
        OtlpSpanDetails.Read(call.Body).StatusMessage.ShouldBe("cut off");
        OtlpSpanDetails.Read(call.Body).Events.ShouldHaveSingleItem().Name.ShouldBe("first_token");
        // 1,200 tokens at $1 a million and 34 at $10.
        call.Use.ShouldBe(new ModelUse("small-1", "openai", new TokenUsage(1200, 0, 0, 34, 0), Pricing.Priced, Money.OfDollars(0.00154m), false));
    }

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task NET_spans_appear_with_their_cost(OtlpExportProtocol protocol)
    {
        await using var hub = await StartAsync();
        var name = $"exporters-{protocol}";
        using var source = new ActivitySource(name);
        ActivityTraceId trace;
        using (var provider = Sdk.CreateTracerProviderBuilder().AddSource(name).AddOtlpExporter(o => SendTo(o, hub, protocol, "v1/traces")).Build())
        {
            using (var request = source.StartActivity("POST /ask", ActivityKind.Server)!)
            {
                trace = request.TraceId;
                using var call = source.StartActivity("chat small-1", ActivityKind.Client)!;
                call.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.request.model", "small-1").SetTag("gen_ai.provider.name", "openai");
                call.SetTag("gen_ai.usage.input_tokens", 1200).SetTag("gen_ai.usage.output_tokens", 34).SetTag("list", new[] { 1L, 2L });
                call.SetStatus(ActivityStatusCode.Error, "cut off");
            }

            provider.ForceFlush().ShouldBeTrue();
        }

        var stored = await StoredAsync(hub, trace.ToHexString());
        stored.Spans.Select(s => s.Name).ShouldBe(["POST /ask", "chat small-1"]);
        stored.Spans[0].IsRequest.ShouldBeTrue();
        stored.Spans[1].Failed.ShouldBeTrue();
        stored.Spans[1].Use!.Cost.ShouldBe(Money.OfDollars(0.00154m));
        OtlpSpanDetails.Read(stored.Spans[1].Body).Attributes.Single(a => a.Key == "list").Text.ShouldBe("[1, 2]");
    }

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task NET_log_records_join_their_trace(OtlpExportProtocol protocol)
    {
        await using var hub = await StartAsync();
        using var request = new Activity("POST /ask").SetIdFormat(ActivityIdFormat.W3C);
        request.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        request.Start();
        var collection = new ServiceCollection().AddLogging(b => b.AddOpenTelemetry(o => o.AddOtlpExporter(e => SendTo(e, hub, protocol, "v1/logs"))));
        await using (var services = collection.BuildServiceProvider())
        {
            var logging = services.GetRequiredService<ILoggerFactory>();
#pragma warning disable CA1848, CA1873 // one record
            logging.CreateLogger("answers").LogWarning("Took {Milliseconds} ms for ann@example.org", 1234);
#pragma warning restore CA1848, CA1873
            // Disposing gives it five seconds.
            services.GetRequiredService<LoggerProvider>().ForceFlush().ShouldBeTrue();
        }

        request.Stop();
        var store = hub.Hub.Services.GetRequiredService<IEventStore>();
        var page = await store.ReadSinceAsync(0, 100, Cancel);
        var record = page.Events.Logs.ShouldHaveSingleItem();
        record.Trace.ToString().ShouldBe(request.TraceId.ToHexString());
        record.Source.Scope.ShouldBe("answers");
        record.Severity.ShouldBe(LogSeverity.Warning);
        record.Message.ShouldNotContain("ann@");
        OtlpLogDetails.Read(record.Body).ShouldContain(a => a.Key == "Milliseconds" && a.Text == "1234");
    }

    private static async Task<RunningHub> StartAsync()
    {
        var catalog = Directory.CreateTempSubdirectory("assay-prices-").FullName;
        Directory.CreateDirectory(Path.Combine(catalog, "prices"));
        await File.WriteAllTextAsync(Path.Combine(catalog, "prices", "p.yaml"), Prices, Cancel);
        return await RunningHub.StartAsync(o => o.CatalogFolder = catalog);
    }

    // What was answered is stored: nothing is waited for.
    private static async Task<StoredTrace> StoredAsync(RunningHub hub, string trace)
    {
        TraceId.TryParse(trace, out var id).ShouldBeTrue(trace);
        return (await hub.Hub.Services.GetRequiredService<IEventStore>().GetTraceAsync(id, Cancel)).ShouldNotBeNull();
    }

    private static void SendTo(OtlpExporterOptions options, RunningHub hub, OtlpExportProtocol protocol, string path)
    {
        options.Protocol = protocol;
        options.TimeoutMilliseconds = (int)Patience.Longest.TotalMilliseconds;
        options.Endpoint = protocol == OtlpExportProtocol.Grpc ? hub.Addresses.OtlpGrpc : new Uri(hub.Addresses.OtlpHttp, path);
    }
}
