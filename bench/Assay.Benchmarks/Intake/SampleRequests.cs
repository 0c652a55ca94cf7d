using Assay.Server.Intake.Wire;
using Assay.Server.Tests.Intake;

namespace Assay.Benchmarks.Intake;

/// <summary>Requests as a service under traffic sends them.</summary>
internal static class SampleRequests
{
    /// <summary>A request of spans with so many attributes each, at least 8.</summary>
    public static byte[] Make(int spans, int attributes, bool dirty) =>
        OtlpMessage.Request(
            Enumerable.Range(1, spans).Select(i => Span(i, attributes, dirty)),
            ("service.name", "rag-service"),
            ("service.version", "1.4.2"),
            ("deployment.environment.name", "production"),
            ("host.name", "worker-17"),
            ("telemetry.sdk.language", "dotnet")
        );

    private static byte[] Span(int number, int attributes, bool dirty)
    {
        (string, object)[] own = (number % 3) switch
        {
            0 => ModelCall(number),
            1 => Request(number),
            _ => Stage(number),
        };
        IEnumerable<(string, object)> all = dirty ? own.Append(("gen_ai.prompt", "Who wrote this?")).Append(("user.mail", "ann@example.org")) : own;
        var padded = all.Concat(Enumerable.Range(0, attributes).Select(i => ($"app.value_{i}", (object)i))).Take(attributes + (dirty ? 2 : 0)).ToArray();
        return OtlpMessage.SpanWith(
            s => s.Attributes(SpanTag.Attributes, padded),
            trace: (number / 8 + 1).ToString("x32"),
            span: number.ToString("x16"),
            name: (number % 3) switch
            {
                0 => "chat small-1",
                1 => "POST /ask",
                _ => "rag.rerank",
            },
            kind: (number % 3) switch
            {
                0 => 3UL,
                1 => 2,
                _ => 1,
            }
        );
    }

    private static (string, object)[] ModelCall(int number) =>
        [
            ("gen_ai.operation.name", "chat"),
            ("gen_ai.provider.name", "openai"),
            ("gen_ai.request.model", "small-1"),
            ("gen_ai.response.model", "small-1-2026-01-01"),
            ("gen_ai.usage.input_tokens", 900 + number),
            ("gen_ai.usage.output_tokens", 120 + number),
            ("gen_ai.response.finish_reasons", new object[] { "stop" }),
            ("server.address", "api.example.org"),
        ];

    private static (string, object)[] Request(int number) =>
        [
            ("http.request.method", "POST"),
            ("url.path", "/ask"),
            ("url.scheme", "https"),
            ("http.route", "/ask"),
            ("http.response.status_code", 200),
            ("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"),
            ("correlation.id", $"order-{number}"),
            ("assay.prompt", "answer@3"),
        ];

    private static (string, object)[] Stage(int number) =>
        [
            ("latency_ms", 0.25 * number),
            ("batch_size", 32),
            ("candidate_count", 100),
            ("fallback_used", false),
            ("models_executed", "offline/rerank"),
            ("feature_flag.key", "rerank"),
            ("feature_flag.result.variant", "on"),
            ("code.function.name", "Assay.Rag.Reranking.Reranker.Order"),
        ];
}
