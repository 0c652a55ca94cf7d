using System.Net;
using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Tests.Intake;

public sealed class TracesOverHttpTests
{
    [Fact]
    public async Task A_span_is_stored_before_the_sender_hears_200()
    {
        await using var bed = await IntakeBed.StartAsync();
        var span = OtlpMessage.SpanWith(s => s.Attributes(SpanTag.Attributes, ("http.response.status_code", 200)));

        using var answer = await bed.PostAsync(OtlpMessage.Request([span], ("service.name", "rag-service"), ("service.version", "1.2.0")));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-protobuf");
        var stored = bed.Store.Spans.ShouldHaveSingleItem();
        stored.Trace.ToString().ShouldBe(OtlpMessage.Trace);
        stored.Span.ToString().ShouldBe(OtlpMessage.Span);
        stored.Name.ShouldBe("POST /ask");
        stored.IsRequest.ShouldBeTrue();
        stored.Category.ShouldBe(SpanCategory.Server);
        stored.StartNanos.ShouldBe(1_767_225_600_000_000_000);
        stored.DurationNanos.ShouldBe(1_000_000_000);
        stored.Body.ToArray().ShouldBe(span);
        stored.Source.ShouldSatisfyAllConditions(
            s => s.Service.ShouldBe("rag-service"),
            s => s.Version.ShouldBe("1.2.0"),
            s => s.Environment.ShouldBe(""),
            s => s.Scope.ShouldBe("tests")
        );
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task A_packed_body_is_unpacked(string encoding)
    {
        await using var bed = await IntakeBed.StartAsync();
        var request = OtlpMessage.Request([OtlpMessage.SpanWith()]);
        using var answer = await bed.PostAsync(encoding == "gzip" ? IntakeBed.Gzip(request) : request, encoding: encoding);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        bed.Store.Spans.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_span_without_ids_is_rejected_alone()
    {
        await using var bed = await IntakeBed.StartAsync();
        var bad = OtlpMessage.SpanWith(trace: "00000000000000000000000000000000");
        using var answer = await bed.PostAsync(OtlpMessage.Request([bad, OtlpMessage.SpanWith()]));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        bed.Store.Spans.ShouldHaveSingleItem();
        var said = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        System.Text.Encoding.UTF8.GetString(said).ShouldContain("a trace id is all zeros");
    }

    [Fact]
    public async Task A_message_that_breaks_off_is_400_and_names_the_byte()
    {
        await using var bed = await IntakeBed.StartAsync();
        var request = OtlpMessage.Request([OtlpMessage.SpanWith()]);
        using var answer = await bed.PostAsync(request[..^3]);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("at byte 1 ");
        bed.Store.Batches.ShouldBeEmpty();
    }
}
