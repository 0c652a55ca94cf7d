using System.IO.Compression;
using System.Net;
using System.Text;
using Assay.Server.Intake;
using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Tests.Intake;

public sealed class HttpAnswersTests
{
    private static readonly byte[] One = OtlpMessage.Request([OtlpMessage.SpanWith()]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deflate_is_unpacked()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var packed = new MemoryStream();
        await using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await zlib.WriteAsync(One, Cancel);
        }

        using var answer = await bed.PostAsync(packed.ToArray(), encoding: "deflate");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        bed.Store.Spans.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Another_packing_is_415(string encoding)
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await bed.PostAsync(One, encoding: encoding);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("gzip");
    }

    [Fact]
    public async Task Another_format_is_415()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await bed.PostAsync(One, type: "text/plain");
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("application/x-protobuf");
    }

    [Fact]
    public async Task A_bomb_is_unpacked_no_further_than_the_bound()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await bed.PostAsync(IntakeBed.Gzip(new byte[IntakeLimits.BodyBytes + 1]), encoding: "gzip");
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("smaller batches");
    }

    [Fact]
    public async Task A_body_beyond_the_bound_is_413_with_and_without_a_length()
    {
        await using var bed = await IntakeBed.StartAsync();
        var body = new byte[IntakeLimits.SentBytes + 1];
        using var declared = await bed.PostAsync(body);
        declared.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/x-protobuf");
        request.Headers.TransferEncodingChunked = true;
        using var chunked = await bed.Http.SendAsync(request, Cancel);
        chunked.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(30)]
    public async Task A_packed_body_that_breaks_off_is_400_even_if_what_is_left_is_well_formed(int missing)
    {
        await using var bed = await IntakeBed.StartAsync();
        var packed = IntakeBed.Gzip(One);
        using var answer = await bed.PostAsync(packed[..^missing], encoding: "gzip");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        bed.Store.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_packed_as_it_says_is_400()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await bed.PostAsync(One, encoding: "gzip");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_busy_store_is_429_and_says_when_to_come_again()
    {
        await using var bed = await IntakeBed.StartAsync();
        bed.Store.Refusal = new StoreBusyException("The queue of the store is full.");
        using var answer = await bed.PostAsync(One);
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        StatusOf(await answer.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe((8, "The queue of the store is full."));
    }

    [Fact]
    public async Task A_store_that_fails_is_503_with_the_fix()
    {
        await using var bed = await IntakeBed.StartAsync();
        bed.Store.Refusal = AssayException.Infrastructure("The disk is full.", "Free some space.");
        using var answer = await bed.PostAsync(One);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        StatusOf(await answer.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe((14, "The disk is full. Free some space."));
    }

    [Fact]
    public async Task Metrics_are_told_where_they_belong()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await bed.PostAsync([], "/v1/metrics");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotImplemented);
        var (code, message) = StatusOf(await answer.Content.ReadAsByteArrayAsync(Cancel));
        code.ShouldBe(12);
        message.ShouldContain("OTEL_METRICS_EXPORTER=none");
        message.ShouldContain("deploy/prometheus/prometheus.yml");
    }

    [Fact]
    public async Task An_empty_request_is_taken()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await bed.PostAsync([]);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Observers_see_only_what_is_new()
    {
        var observer = new Seen();
        await using var bed = await IntakeBed.StartAsync(observer: observer);
        (await bed.PostAsync(One)).Dispose();
        (await bed.PostAsync(One)).Dispose();
        observer.Batches.ShouldHaveSingleItem().Spans.ShouldHaveSingleItem();
    }

    private static (int Code, string Message) StatusOf(byte[] message)
    {
        var problem = default(WireProblem);
        var reader = new ProtoReader(message, ref problem);
        reader.Next(out _).ShouldBeTrue();
        var code = (int)reader.Varint();
        return (code, Encoding.UTF8.GetString(Fields.Last(message, (2 << 3) | WireType.Bytes)));
    }

    private sealed class Seen : IEventObserver
    {
        public List<EventBatch> Batches { get; } = [];

        public void Observe(EventBatch newEvents) => Batches.Add(newEvents);
    }
}
