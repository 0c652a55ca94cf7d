using System.Globalization;
using System.Text;

namespace Assay.Server.Tests;

/// <summary>Spans as an OpenTelemetry SDK posts them, in OTLP/JSON.</summary>
internal static class SentSpans
{
    /// <summary>The trace id of a number.</summary>
    public static string TraceId(long number) => number.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Posts a batch of traces of one request each, one second ago; the answer's status.</summary>
    public static async Task<int> PostAsync(HttpClient otlp, IEnumerable<long> traces, CancellationToken cancellationToken)
    {
        using var content = new StringContent(Batch(traces), Encoding.UTF8, "application/json");
        using var answer = await otlp.PostAsync(new Uri("/v1/traces", UriKind.Relative), content, cancellationToken);
        return (int)answer.StatusCode;
    }

    public static string Batch(IEnumerable<long> traces)
    {
        var start = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100 - 1_000_000_000;
        var spans = string.Join(',', traces.SelectMany(t => (string[])[Root(t, start), Child(t, start)]));
        return """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeSpans":[{"spans":["""
            + spans
            + "]}]}]}";
    }

    private static string Root(long trace, long start) => Span(trace, 1, "", "\"name\":\"POST /ask\",\"kind\":2,", start, 200_000_000);

    private static string Child(long trace, long start) =>
        Span(
            trace,
            2,
            """
            "parentSpanId":"0000000000000001","status":{"code":2,"message":"the search took too long"},"attributes":[{"key":"top_k","value":{"intValue":"10"}}],
            """,
            "\"name\":\"rag.query\",\"kind\":1,",
            start + 20_000_000,
            100_000_000
        );

    private static string Span(long trace, long span, string more, string what, long start, long duration) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"traceId\":\"{TraceId(trace)}\",\"spanId\":\"{span:x16}\",{more}{what}\"startTimeUnixNano\":\"{start}\",\"endTimeUnixNano\":\"{start + duration}\"}}"
        );
}
