using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Assay.Server.Intake;
using Assay.Server.Intake.Grpc;
using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Tests.Intake;

public sealed class GrpcTests
{
    private const string Traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private const string Logs = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    private const string Metrics = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    private static readonly byte[] One = OtlpMessage.Request([OtlpMessage.SpanWith()]);

    [Fact]
    public async Task A_span_is_stored_and_answered_with_an_empty_message()
    {
        await using var bed = await IntakeBed.StartAsync();
        var call = await CallAsync(bed, Traces, GrpcFrame.Write(One));
        call.ShouldBe(new Called("0", "", [0, 0, 0, 0, 0]), Called.Equal);
        bed.Store.Spans.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_packed_message_is_unpacked()
    {
        await using var bed = await IntakeBed.StartAsync();
        var frame = GrpcFrame.Write(IntakeBed.Gzip(One));
        frame[0] = 1;
        (await CallAsync(bed, Traces, frame, ("grpc-encoding", "gzip"))).Status.ShouldBe("0");
        bed.Store.Spans.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_rejected_is_in_the_message()
    {
        await using var bed = await IntakeBed.StartAsync();
        var call = await CallAsync(bed, Traces, GrpcFrame.Write(OtlpMessage.Request([OtlpMessage.SpanWith(span: "")])));
        call.Status.ShouldBe("0");
        Encoding.UTF8.GetString(call.Body).ShouldContain("a span id has 0 bytes");
    }

    [Fact]
    public async Task Log_records_have_a_service_of_their_own()
    {
        await using var bed = await IntakeBed.StartAsync();
        var record = new OtlpMessage().Message(LogTag.Body, b => b.Value("done")).Written;
        (await CallAsync(bed, Logs, GrpcFrame.Write(OtlpMessage.Request([record])))).Status.ShouldBe("0");
        bed.Store.Batches.ShouldHaveSingleItem().Logs.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Metrics_are_unimplemented_and_told_where_they_belong()
    {
        await using var bed = await IntakeBed.StartAsync();
        var call = await CallAsync(bed, Metrics, GrpcFrame.Write([]));
        call.Status.ShouldBe("12");
        call.Message.ShouldContain("OTEL_METRICS_EXPORTER=none");
    }

    [Theory]
    [InlineData("")] // no message
    [InlineData("0000000005")] // shorter than it says
    [InlineData("0000000000FF")] // longer than it says
    [InlineData("00000000010F")] // no OTLP
    [InlineData("0100000001FF")] // said to be packed, and is not
    public async Task What_is_malformed_is_an_invalid_argument(string hex)
    {
        await using var bed = await IntakeBed.StartAsync();
        (await CallAsync(bed, Traces, Convert.FromHexString(hex), ("grpc-encoding", "gzip"))).Status.ShouldBe("3");
    }

    [Fact]
    public async Task Another_packing_is_unimplemented()
    {
        await using var bed = await IntakeBed.StartAsync();
        var frame = GrpcFrame.Write(One);
        frame[0] = 1;
        (await CallAsync(bed, Traces, frame, ("grpc-encoding", "snappy"))).Status.ShouldBe("12");
    }

    [Fact]
    public async Task A_busy_store_says_when_to_come_again()
    {
        await using var bed = await IntakeBed.StartAsync();
        bed.Store.Refusal = new StoreBusyException("The queue is 100 % full; \u00e9.");
        var call = await CallAsync(bed, Traces, GrpcFrame.Write(One));
        call.Status.ShouldBe("8");
        call.Message.ShouldBe("The queue is 100 % full; \u00e9.");
        Encoding.UTF8.GetString(call.Details).ShouldContain("google.rpc.RetryInfo");
    }

    [Fact]
    public async Task A_message_beyond_the_bound_is_not_to_be_sent_again()
    {
        await using var bed = await IntakeBed.StartAsync();
        var call = await CallAsync(bed, Traces, GrpcFrame.Write(new byte[IntakeLimits.SentBytes + 1]));
        call.Status.ShouldBe("8");
        Encoding.UTF8.GetString(call.Details).ShouldNotContain("RetryInfo");
    }

    [Fact]
    public async Task The_deadline_of_the_call_is_kept()
    {
        await using var bed = await IntakeBed.StartAsync();
        bed.Store.Gate = new TaskCompletionSource();
        var call = await CallAsync(bed, Traces, GrpcFrame.Write(One), ("grpc-timeout", "20m"));
        call.Status.ShouldBe("4");
        bed.Store.Gate.SetResult();
    }

    [Theory]
    [InlineData("10S", 10_000)]
    [InlineData("500m", 500)]
    [InlineData("2M", 120_000)]
    [InlineData("1H", 3_600_000)]
    [InlineData("99999999H", 3_600_000)]
    [InlineData("1000000n", 1)]
    [InlineData("1000u", 1)]
    public void Timeouts_have_units(string header, int milliseconds) => GrpcTimeout.Parse(header).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("10")]
    [InlineData("-1S")]
    [InlineData("123456789S")]
    public void A_timeout_that_is_none_is_passed_over(string? header) => GrpcTimeout.Parse(header).ShouldBeNull();

    private static async Task<Called> CallAsync(IntakeBed bed, string path, byte[] frame, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient { BaseAddress = bed.Grpc };
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/grpc");
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new Called(Trailer(answer, "grpc-status"), Uri.UnescapeDataString(Trailer(answer, "grpc-message")), body)
        {
            Details = Convert.FromBase64String(Trailer(answer, "grpc-status-details-bin")),
        };
    }

    private static string Trailer(HttpResponseMessage answer, string name) => answer.TrailingHeaders.TryGetValues(name, out var values) ? values.Single() : "";

    private sealed record Called(string Status, string Message, byte[] Body)
    {
        public static readonly IEqualityComparer<Called> Equal = EqualityComparer<Called>.Create(
            (a, b) => a!.Status == b!.Status && a.Message == b.Message && a.Body.AsSpan().SequenceEqual(b.Body)
        );

        public byte[] Details { get; init; } = [];
    }
}
