using System.Globalization;
using System.Net;
using System.Text;

namespace Assay.Server.Tests.Slos;

/// <summary>Requests of a service as an OpenTelemetry SDK sends them, in JSON.</summary>
internal static class AskTraffic
{
    private static long last;

    /// <summary>Sends server spans that ended now; the task completes when the hub has acknowledged them.</summary>
    public static async Task SendAsync(HttpClient otlp, int good, int bad, string service = "ask", int durationMs = 20)
    {
        using var content = new StringContent(Batch(service, good, bad, durationMs), Encoding.UTF8, "application/json");
        using var answer = await otlp.PostAsync(new Uri("/v1/traces", UriKind.Relative), content, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public static string Batch(string service, int good, int bad, int durationMs = 20)
    {
        var end = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var spans = Enumerable.Range(0, good + bad).Select(i => Span(i < bad, end, durationMs));
        var resource = $$"""{"attributes":[{"key":"service.name","value":{"stringValue":"{{service}}"} }]}""";
        return $$"""{"resourceSpans":[{"resource":{{resource}},"scopeSpans":[{"spans":[{{string.Join(',', spans)}}]}]}]}""";
    }

    private static string Span(bool isBad, long end, int durationMs)
    {
        var id = Interlocked.Increment(ref last) + end;
        var status = isBad ? ",\"status\":{\"code\":2}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"traceId":"{{id:x32}}","spanId":"{{id:x16}}","name":"POST /ask","kind":2,
            "startTimeUnixNano":"{{end - (durationMs * 1_000_000L)}}","endTimeUnixNano":"{{end}}"{{status}} }
            """
        );
    }
}
