using Assay.Server.Intake.Wire;
using Assay.Server.Tests.Intake;

namespace Assay.Benchmarks.Hub;

/// <summary>Spans of a question to a RAG service: the request, its stages, a call of another service and two calls of a model with a known price.</summary>
internal static class SampleSpan
{
    // A byte that no text has.
    private const byte Mark = 0xF7;

    // opentelemetry-proto, StatusCode.STATUS_CODE_ERROR.
    private const ulong Error = 2;
    private const double FailedShare = 0.01;

    private static readonly (string Name, ulong Kind)[] Places =
    [
        ("POST /ask", 2),
        ("rag.dense", 1),
        ("rag.sparse", 1),
        ("rag.rerank", 1),
        ("POST", 3),
        ("chat gpt-4o-mini", 3),
        ("chat gpt-4o-mini", 3),
        ("rag.export", 1),
    ];

    /// <summary>What stands in place of a trace id.</summary>
    public static ReadOnlySpan<byte> Placeholder => [Mark, Mark, Mark, Mark, Mark, Mark, Mark, Mark, Mark, Mark, Mark, Mark, Mark, Mark, Mark, Mark];

    /// <summary>A span; ids and times are placeholders and stand first: trace id, span id, parent if there is one, begin, end.</summary>
    public static byte[] Write(int place, Random random)
    {
        var (name, kind) = Places[place];
        var span = new OtlpMessage().Bytes(SpanTag.TraceId, Placeholder.ToArray()).Bytes(SpanTag.SpanId, new byte[8]);
        if (place > 0)
        {
            span.Bytes(SpanTag.ParentSpanId, new byte[8]);
        }

        span.Fixed64(SpanTag.Start, 0).Fixed64(SpanTag.End, 0).Text(SpanTag.Name, name).Varint(SpanTag.Kind, kind);
        span.Attributes(SpanTag.Attributes, Attributes(place, random));
        return (place == 0 && random.NextDouble() < FailedShare ? span.Message(SpanTag.Status, s => s.Varint(StatusTag.Code, Error)) : span).Written;
    }

    private static (string, object)[] Attributes(int place, Random random) =>
        place switch
        {
            0 => Request(random),
            4 => Call(random),
            5 or 6 => ModelCall(random),
            _ => Stage(random),
        };

    private static (string, object)[] Request(Random random) =>
        [
            ("http.request.method", "POST"),
            ("url.path", "/ask"),
            ("url.scheme", "https"),
            ("http.route", "/ask"),
            ("http.response.status_code", 200),
            ("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"),
            ("server.address", "rag.example.org"),
            ("assay.prompt", $"answer@{random.Next(1, 4)}"),
            ("enduser.tier", random.Next(2) == 0 ? "free" : "paid"),
            ("http.request.body.size", random.Next(50, 5_000)),
        ];

    private static (string, object)[] Call(Random random) =>
        [
            ("http.request.method", "POST"),
            ("url.full", $"https://vectors.example.org/v1/search?shard={random.Next(32)}"),
            ("http.response.status_code", 200),
            ("server.address", "vectors.example.org"),
            ("server.port", 443),
            ("network.protocol.version", "2"),
            ("http.request.body.size", random.Next(50, 5_000)),
            ("http.response.body.size", random.Next(500, 50_000)),
            ("http.request.resend_count", 0),
            ("peer.service", "vectors"),
        ];

    private static (string, object)[] ModelCall(Random random) =>
        [
            ("gen_ai.operation.name", "chat"),
            ("gen_ai.provider.name", "openai"),
            ("gen_ai.request.model", "gpt-4o-mini"),
            ("gen_ai.response.model", "gpt-4o-mini"),
            ("gen_ai.response.id", $"chatcmpl-{random.NextInt64():x}"),
            ("gen_ai.usage.input_tokens", random.Next(200, 4_000)),
            ("gen_ai.usage.output_tokens", random.Next(20, 800)),
            ("gen_ai.request.temperature", 0.2),
            ("gen_ai.response.finish_reasons", new object[] { "stop" }),
            ("server.address", "api.openai.com"),
        ];

    private static (string, object)[] Stage(Random random) =>
        [
            ("latency_ms", Math.Round(random.NextDouble() * 50, 3)),
            ("batch_size", random.Next(1, 64)),
            ("candidate_count", random.Next(200)),
            ("fallback_used", false),
            ("models_executed", "offline/lsa,offline/bm25"),
            ("coverage_ratio", Math.Round(random.NextDouble(), 4)),
            ("feature_flag.key", "rerank"),
            ("feature_flag.result.variant", random.Next(2) == 0 ? "on" : "off"),
            ("code.function.name", "Assay.Rag.Reranking.Reranker.Order"),
            ("thread.id", random.Next(1, 32)),
        ];
}
