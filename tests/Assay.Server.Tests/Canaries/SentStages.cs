using System.Globalization;
using System.Text;

namespace Assay.Server.Tests.Canaries;

/// <summary>
/// Questions to a service as an OpenTelemetry SDK sends them: the request asked the flag, and the reranker's span, which did not, says whether it fell back.
/// </summary>
/// <param name="Variant">What the flag gave; null when the service has none.</param>
/// <param name="Requests">How many questions.</param>
internal sealed record SentStages(string? Variant, int Requests)
{
    private static int traces;

    /// <summary>How many of them ran the reranker; all when left out.</summary>
    public int? Ran { get; init; }

    /// <summary>How many of these fell back.</summary>
    public int FellBack { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "model_timeout";

    public string Version { get; init; } = "";

    public string Environment { get; init; } = "";

    /// <summary>How many requests failed.</summary>
    public int Failed { get; init; }

    /// <summary>Sends the spans of stages first and those of requests afterwards, as a batch that is full comes.</summary>
    public async Task SendAsync(HttpClient otlp)
    {
        var first = Interlocked.Add(ref traces, Requests) - Requests;
        var end = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        await PostAsync(otlp, Enumerable.Range(0, Ran ?? Requests).Select(i => Stage(first + i, IsOne(i, FellBack, Ran ?? Requests), end)));
        await PostAsync(otlp, Enumerable.Range(0, Requests).Select(i => Request(first + i, IsOne(i, Failed, Requests), end)));
    }

    // Spread evenly, as they come.
    private static bool IsOne(int i, long some, int all) => (i + 1) * some / all > i * some / all;

    private async Task PostAsync(HttpClient otlp, IEnumerable<string> spans)
    {
        foreach (var batch in spans.Chunk(500))
        {
            using var content = new StringContent(Batch(batch), Encoding.UTF8, "application/json");
            using var answer = await otlp.PostAsync(new Uri("/v1/traces", UriKind.Relative), content, TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBe(200);
        }
    }

    private string Batch(IEnumerable<string> spans)
    {
        var resource = new[] { ("service.name", "shop"), ("service.version", Version), ("deployment.environment.name", Environment) }
            .Where(a => a.Item2.Length > 0)
            .Select(a => Attribute(a.Item1, $"\"stringValue\":\"{a.Item2}\""));
        return $$"""{"resourceSpans":[{"resource":{"attributes":[{{string.Join(',', resource)}}]},"scopeSpans":[{"spans":[{{string.Join(',', spans)}}]}]}]}""";
    }

    private string Stage(int trace, bool fellBack, long end)
    {
        var reason = fellBack ? "," + Attribute("fallback_reason", $"\"stringValue\":\"{Reason}\"") : "";
        var used = Attribute("fallback_used", $"\"boolValue\":{(fellBack ? "true" : "false")}");
        return Span(trace, 2, $"\"parentSpanId\":\"0000000000000001\",\"name\":\"rag.rerank\",\"kind\":1,\"attributes\":[{used}{reason}],", end);
    }

    private static string Attribute(string key, string value) => $"{{\"key\":\"{key}\",\"value\":{{{value}}}}}";

    private string Request(int trace, bool failed, long end)
    {
        var status = failed ? "\"status\":{\"code\":2}," : "";
        var flag = Variant is null
            ? ""
            : $$$"""
                "events":[{"timeUnixNano":"{{{end}}}","name":"feature_flag.evaluation","attributes":[{"key":"feature_flag.key","value":{"stringValue":"new_search"}},{"key":"feature_flag.result.variant","value":{"stringValue":"{{{Variant}}}"}}]}],
                """;
        return Span(trace, 1, $"\"name\":\"POST /ask\",\"kind\":2,{status}{flag}", end);
    }

    private static string Span(int trace, int span, string what, long end) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"traceId\":\"{(ulong)trace + 0xFA11_0000_0000UL:x32}\",\"spanId\":\"{span:x16}\",{what}\"startTimeUnixNano\":\"{end - 100_000_000}\",\"endTimeUnixNano\":\"{end}\"}}"
        );
}
