using System.Net;
using System.Text;
using System.Text.Json;
using Assay.Server.Intake.Details;
using Assay.Stores;

namespace Assay.Server.Tests.Intake;

public sealed class JsonTests
{
    private const string Request = """
        {"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "js"}}], "new": {"a": [1]}},
          "scopeSpans": [{"scope": {"name": "tracer"}, "spans": [{
            "traceId": "0AF7651916CD43DD8448EB211C80319C", "spanId": "b7ad6b7169203331", "parentSpanId": "", "flags": 257,
            "name": "a\u0062c \"q\"", "kind": "SPAN_KIND_SERVER", "startTimeUnixNano": "1767225600000000000", "endTimeUnixNano": 1767225600000000005,
            "droppedAttributesCount": 2, "unknown": null, "traceState": null,
            "attributes": [
              {"key": "s", "value": {"stringValue": "жук"}},
              {"key": "b", "value": {"boolValue": true}},
              {"key": "i", "value": {"intValue": "-5"}},
              {"key": "j", "value": {"intValue": 7}},
              {"key": "d", "value": {"doubleValue": 0.5}},
              {"key": "n", "value": {"doubleValue": "NaN"}},
              {"key": "x", "value": {"bytesValue": "AQID"}},
              {"key": "l", "value": {"arrayValue": {"values": [{"stringValue": "a"}, {"intValue": 1}]}}},
              {"key": "m", "value": {"kvlistValue": {"values": [{"key": "k", "value": {"boolValue": false}}]}}},
              {"key": "none", "value": {}}],
            "events": [{"timeUnixNano": "7", "name": "e", "attributes": [{"key": "n", "value": {"intValue": 1}}]}],
            "links": [{"traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": "00f067aa0ba902b7"}],
            "status": {"code": 2, "message": "no"}}]}]}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_field_arrives()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await PostAsync(bed, Request);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("{}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var span = bed.Store.Spans.ShouldHaveSingleItem();
        span.Trace.ToString().ShouldBe("0af7651916cd43dd8448eb211c80319c");
        span.Parent.IsPresent.ShouldBeFalse();
        span.Name.ShouldBe("abc \"q\"");
        span.Category.ShouldBe(SpanCategory.Server);
        span.StartNanos.ShouldBe(1_767_225_600_000_000_000);
        span.DurationNanos.ShouldBe(5);
        span.Failed.ShouldBeTrue();
        span.Source.Service.ShouldBe("js");
        span.Source.Scope.ShouldBe("tracer");
        var details = OtlpSpanDetails.Read(span.Body);
        details
            .Attributes.Select(a => $"{a.Key} {a.Type} {a.Text}")
            .ShouldBe([
                "s Text жук",
                "b Bool true",
                "i Int -5",
                "j Int 7",
                "d Double 0.5",
                "n Double NaN",
                "x Bytes 010203",
                "l Array [\"a\", 1]",
                "m Map {k: false}",
                "none None ",
            ]);
        details.Events.ShouldHaveSingleItem().TimeNanos.ShouldBe(7);
        details.Links.ShouldHaveSingleItem().Span.ToString().ShouldBe("00f067aa0ba902b7");
        details.StatusMessage.ShouldBe("no");
        details.DroppedBySender.ShouldBe(2);
    }

    [Fact]
    public async Task Names_as_in_the_proto_file_are_taken_too()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await PostAsync(
            bed,
            """{"resource_spans":[{"scope_spans":[{"spans":[{"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","name":"n","start_time_unix_nano":"5","end_time_unix_nano":"6"}]}]}]}"""
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        bed.Store.Spans.ShouldHaveSingleItem().StartNanos.ShouldBe(5);
    }

    [Fact]
    public async Task What_is_rejected_is_said_in_JSON()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await PostAsync(bed, """{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"without ids"},{"traceId":"00","spanId":"00"}]}]}]}""");
        using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        var partial = said.RootElement.GetProperty("partialSuccess");
        partial.GetProperty("rejectedSpans").GetString().ShouldBe("2");
        partial.GetProperty("errorMessage").GetString().ShouldBe("a trace id has 0 bytes and must have 16");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"resourceSpans\":[}")]
    [InlineData("{\"resourceSpans\":{}}")]
    [InlineData("{\"resourceSpans\":[1]}")]
    [InlineData("{} {}")]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}")]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"startTimeUnixNano\":\"soon\"}]}]}]}")]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"kind\":\"SPAN_KIND_NEW\"}]}]}]}")]
    public async Task What_is_no_OTLP_is_400_with_the_byte(string body)
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await PostAsync(bed, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        said.RootElement.GetProperty("code").GetInt32().ShouldBe(3);
        said.RootElement.GetProperty("message").GetString()!.ShouldContain("at byte ");
    }

    [Theory]
    [InlineData("""a\"\\\/\b\f\n\r\t""", "a\"\\/\b\f\n\r\t")]
    [InlineData("""\u00e9\u0436x""", "éжx")]
    [InlineData("""\ud83d\ude00!""", "😀!")]
    [InlineData("""cut \ud83d""", "cut \uFFFD")]
    [InlineData("""\ud83dx\ude00""", "\uFFFDx\uFFFD")]
    [InlineData("""\ud83d\u0041""", "\uFFFDA")]
    public async Task Escapes_are_undone_and_half_a_letter_costs_only_itself(string json, string text)
    {
        await using var bed = await IntakeBed.StartAsync();
        var request = Request.Replace("жук", json, StringComparison.Ordinal);
        using var answer = await PostAsync(bed, request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        OtlpSpanDetails.Read(bed.Store.Spans.Single().Body).Attributes[0].Text.ShouldBe(text);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_400()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await bed.PostAsync([.. "{\"a\":\""u8, 0xC3, .. "\"}"u8], type: "application/json");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Nesting_without_end_is_400()
    {
        await using var bed = await IntakeBed.StartAsync();
        var open = string.Concat(Enumerable.Repeat("{\"arrayValue\":{\"values\":[", 20_000));
        using var answer = await PostAsync(bed, "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"value\":" + open);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Log_records_come_as_JSON_too()
    {
        await using var bed = await IntakeBed.StartAsync();
        using var answer = await PostAsync(
            bed,
            """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"5","severityNumber":"SEVERITY_NUMBER_WARN2","body":{"stringValue":"hot"}}]}]}]}""",
            "/v1/logs"
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var record = bed.Store.Batches.ShouldHaveSingleItem().Logs.ShouldHaveSingleItem();
        record.Severity.ShouldBe(LogSeverity.Warning);
        record.Message.ShouldBe("hot");
    }

    private static Task<HttpResponseMessage> PostAsync(IntakeBed bed, string json, string path = "/v1/traces") =>
        bed.PostAsync(Encoding.UTF8.GetBytes(json), path, "application/json; charset=utf-8");
}
