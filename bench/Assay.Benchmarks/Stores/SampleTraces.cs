using System.Buffers.Binary;
using System.Text;
using Assay.Prices;
using Assay.Stores;

namespace Assay.Benchmarks.Stores;

/// <summary>
/// Traces of a question-answering service as an SDK sends them: eight spans of ten attributes each, bodies of about 450 bytes with random ids,
/// numbers that vary and texts that repeat.
/// </summary>
internal sealed class SampleTraces(int seed)
{
    public const int SpansPerTrace = 8;

    private static readonly string[] Operations = ["POST /ask", "POST /search", "POST /summarise", "GET /documents/{id}"];
    private static readonly string[] Stages = ["rag.dense", "rag.sparse", "rag.fuse", "rag.rerank", "rag.export", "chat gpt-5-mini"];
    private static readonly TelemetrySource[] Sources =
    [
        new("rag-service", "1.4.0", "production", Encoding.UTF8.GetBytes(new string('r', 300)), "Assay.Rag"),
        new("rag-service", "1.5.0", "production", Encoding.UTF8.GetBytes(new string('s', 300)), "Assay.Rag"),
    ];

    private readonly Random random = new(seed);

    /// <summary>A batch of whole traces.</summary>
    /// <param name="traces">How many.</param>
    /// <param name="at">When they began; they are spread over the second before.</param>
    public EventBatch Batch(int traces, DateTimeOffset at)
    {
        var spans = new List<SpanEvent>(traces * SpansPerTrace);
        for (var i = 0; i < traces; i++)
        {
            AddTrace(spans, (at - DateTimeOffset.UnixEpoch).Ticks * 100 - random.NextInt64(1_000_000_000));
        }

        return new EventBatch { Spans = spans };
    }

    private void AddTrace(List<SpanEvent> spans, long start)
    {
        var trace = new TraceId(new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()));
        var root = new SpanId((ulong)random.NextInt64());
        var source = Sources[random.Next(10) == 0 ? 1 : 0];
        var request = new SpanEvent
        {
            Trace = trace,
            Span = root,
            IsRequest = true,
            Source = source,
            Name = Operations[random.Next(Operations.Length)],
            Category = SpanCategory.Server,
            StartNanos = start,
            DurationNanos = (long)(Math.Exp(2 + (2 * random.NextDouble())) * 10_000_000),
            Failed = random.Next(100) == 0,
            CorrelationId = random.Next(4) == 0 ? $"caller-{random.NextInt64():x}" : "",
            Variant = random.Next(2) == 0 ? "ranker=new" : "ranker=old",
            Prompt = "answer@3",
        };
        spans.Add(request with { Body = Body(request) });
        for (var i = 1; i < SpansPerTrace; i++)
        {
            var stage = i % Stages.Length;
            var span = request with
            {
                Span = new SpanId((ulong)random.NextInt64()),
                Parent = root,
                IsRequest = false,
                Name = Stages[stage],
                Category = stage == 5 ? SpanCategory.Model : SpanCategory.Retrieval,
                StartNanos = start + (i * 3_000_000),
                DurationNanos = random.NextInt64(20_000_000),
                CorrelationId = "",
                Use = stage == 5 ? Call() : null,
            };
            spans.Add(span with { Body = Body(span) });
        }
    }

    private ModelUse Call() =>
        new(
            "gpt-5-mini",
            "openai",
            new TokenUsage(random.Next(4000), 0, 0, random.Next(500), 0),
            Pricing.Priced,
            new Money(random.NextInt64(1_000_000_000)),
            false
        );

    /// <summary>An OTLP span message, as far as its size and its content matter.</summary>
    private byte[] Body(SpanEvent span)
    {
        var body = new List<byte>(480);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(id, span.Trace.Value);
        Field(body, 0x0A, id);
        Field(body, 0x12, BitConverter.GetBytes(span.Span.Value));
        Field(body, 0x22, BitConverter.GetBytes(span.Parent.Value));
        Field(body, 0x2A, Encoding.UTF8.GetBytes(span.Name));
        body.AddRange([0x30, 0x01, 0x39]);
        body.AddRange(BitConverter.GetBytes(span.StartNanos));
        body.Add(0x41);
        body.AddRange(BitConverter.GetBytes(span.StartNanos + span.DurationNanos));
        Attribute(body, "batch_size", random.Next(64).ToString());
        Attribute(body, "latency_ms", (span.DurationNanos / 1e6).ToString("0.###"));
        Attribute(body, "candidate_count", random.Next(200).ToString());
        Attribute(body, "models_executed", "offline/lsa,offline/bm25");
        Attribute(body, "fallback_used", "false");
        Attribute(body, "coverage_ratio", random.NextDouble().ToString("0.####"));
        Attribute(body, "http.request.method", "POST");
        Attribute(body, "url.full", $"https://rag.example.com/api/v1/ask?session={random.NextInt64():x}");
        Attribute(body, "user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36");
        Attribute(body, "server.address", $"rag-service-{random.Next(8)}.internal");
        return [.. body];
    }

    private static void Attribute(List<byte> body, string key, string value)
    {
        var k = Encoding.UTF8.GetBytes(key);
        var v = Encoding.UTF8.GetBytes(value);
        body.AddRange([0x4A, (byte)(k.Length + v.Length + 6), 0x0A, (byte)k.Length]);
        body.AddRange(k);
        body.AddRange([0x12, (byte)(v.Length + 2), 0x0A, (byte)v.Length]);
        body.AddRange(v);
    }

    private static void Field(List<byte> body, byte tag, ReadOnlySpan<byte> value)
    {
        body.AddRange([tag, (byte)value.Length]);
        body.AddRange(value);
    }
}
