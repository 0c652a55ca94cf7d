using Assay.Prices;
using Assay.Server.Decisions;
using Assay.Stores;

namespace Assay.Server.Tests.Pages;

/// <summary>Two days of a RAG service's events, the same on each run: traffic by the time of day, slow and failed requests, retries, scores, logs.</summary>
internal sealed class SampleTraffic
{
    private static readonly TelemetrySource Service = new("rag-service", "1.9.0", "production", default, "RagService.Ask");
    private static readonly TelemetrySource Older = new("rag-service", "1.8.2", "production", default, "RagService.Ask");
    private static readonly TelemetrySource Bot = new("digest-bot", "0.4.1", "production", default, "Digests");

    private readonly Random draws = new(7);
    private readonly List<SpanEvent> spans = [];
    private readonly List<LogEvent> logs = [];
    private readonly List<ScoreEvent> scores = [];
    private ulong ids;

    /// <summary>A trace with a retry, scores and logs, which the tests look at.</summary>
    public TraceId Shown { get; private set; }

    /// <summary>A trace whose root is missing.</summary>
    public TraceId Partial { get; private set; }

    public static SampleTraffic Of(DateTimeOffset now)
    {
        var traffic = new SampleTraffic();
        for (var minutes = 2 * 24 * 60; minutes > 2; minutes -= traffic.draws.Next(2, 9))
        {
            var at = now.AddMinutes(-minutes);
            traffic.Ask(at, minutes < 600 ? Service : Older, isFailed: traffic.draws.Next(60) == 0);
            if (traffic.draws.Next(9) == 0)
            {
                traffic.Digest(at.AddSeconds(20));
            }
        }

        traffic.Partial = traffic.AskWithoutRoot(now.AddMinutes(-12));
        traffic.Shown = traffic.Ask(now.AddMinutes(-9), Service, isFailed: false, variant: "rag_plus_plus=on");
        return traffic;
    }

    public int Requests(string service) => spans.Count(s => s.IsRequest && s.Source.Service == service);

    public IEnumerable<DecisionRequest> Decisions() =>
        [
            new(
                "gate latency",
                "rag_plus_plus 1.9.0",
                "hold at 25 %",
                "The reranker's fallback rate is not decided; about 2 h 10 min of traffic are missing.",
                [new("rag.fallback_rate", "0.81 %"), new("limit", "1.00 %")],
                Verdict.Inconclusive,
                At: StandingClock.Now.AddMinutes(-10)
            ),
            new(
                "agent router",
                "retrieval depth",
                "40 candidates",
                "The question names two documents.",
                [new("question.words", "11")],
                TraceId: Shown.ToString(),
                At: StandingClock.Now.AddMinutes(-9)
            ),
        ];

    public IEnumerable<EventBatch> Batches() =>
        spans.Chunk(2000).Select(chunk => new EventBatch { Spans = chunk }).Append(new EventBatch { Logs = logs }).Append(new EventBatch { Scores = scores });

    private TraceId Ask(DateTimeOffset at, TelemetrySource source, bool isFailed, string variant = "")
    {
        var trace = new TraceId(new UInt128(0x7f3a_9c1e_0000_0000, ++ids));
        var slow = 1 + (draws.NextDouble() * draws.NextDouble() * 2.2);
        var model = 500 + (400 * slow);
        var root = Add(trace, default, source, "POST /ask", SpanCategory.Server, at, 0, 320 + model, isFailed) with
        {
            IsRequest = true,
            CorrelationId = "ask-" + (ids * 2654435761 % 0xffffff).ToString("x6"),
            Variant = variant,
            Prompt = "answer@7",
        };
        spans.Add(root);
        Tool(trace, root, at, 6, 8, "question_filter");
        var dense = Stage(trace, root, at, 22, 74, "rag.dense");
        spans.Add(Add(trace, dense.Span, source, "embeddings text-embedding-3-small", SpanCategory.Model, at, 26, 45) with { Use = Embedding() });
        Stage(trace, root, at, 22, 17, "rag.sparse");
        var rerank = Stage(trace, root, at, 98, 189, "rag.rerank");
        var refused = Add(trace, rerank.Span, source, "POST /v1/rerank", SpanCategory.Client, at, 101, 47, isFailed: true);
        spans.Add(refused with { Body = SampleBody.RefusedRerank(refused.StartNanos) });
        spans.Add(Add(trace, rerank.Span, source, "rerank rerank-v3.5", SpanCategory.Model, at, 198, 85) with { Use = Reranking() });
        var chat = Add(trace, root.Span, source, "chat gpt-4.1-mini", SpanCategory.Model, at, 291, model, isFailed) with
        {
            Prompt = "answer@7",
            Use = Chat(slow),
        };
        spans.Add(chat with { Body = SampleBody.Chat(chat.StartNanos) });
        Tool(trace, root, at, 300 + model, 12, "pii_filter");
        Log(trace, root, at, 2, LogSeverity.Information, "RagService.Ask", "Question received, 11 words, language en");
        Log(trace, root, at, 148, LogSeverity.Warning, "Models.Rerank", "Reranker answered 429; retry in 50 ms, 1 of 2");
        if (isFailed)
        {
            Log(trace, root, at, 300 + model, LogSeverity.Error, "Models.Chat", "The model did not answer in time");
        }
        else if (draws.Next(3) > 0 || variant.Length > 0)
        {
            Score(trace, chat, at.AddSeconds(24), "relevance", ScoreKind.Quality, Math.Round(1 - (draws.NextDouble() * 0.26), 3), "");
            Score(trace, root, at.AddSeconds(80), "user_rating", ScoreKind.Rating, draws.Next(6) == 0 ? 0 : 1, "helpful");
        }

        return trace;
    }

    private TraceId AskWithoutRoot(DateTimeOffset at)
    {
        var trace = new TraceId(new UInt128(0x0badc0de_0000_0000, ++ids));
        var missing = new SpanId(0xdead);
        var dense = Add(trace, missing, Service, "rag.dense", SpanCategory.Retrieval, at, 0, 70);
        spans.Add(dense);
        spans.Add(Add(trace, dense.Span, Service, "embeddings text-embedding-3-small", SpanCategory.Model, at, 4, 40) with { Use = Embedding() });
        spans.Add(Add(trace, missing, Service, "chat house-model", SpanCategory.Model, at, 90, 700) with { Use = Unknown() });
        return trace;
    }

    private void Digest(DateTimeOffset at)
    {
        var trace = new TraceId(new UInt128(0x51de_0000_0000_0000, ++ids));
        var root = Add(trace, default, Bot, "digest channel", SpanCategory.Internal, at, 0, 12_400 + draws.Next(9000)) with { IsRequest = true };
        spans.Add(root);
        spans.Add(Add(trace, root.Span, Bot, "chat house-model", SpanCategory.Model, at, 900, 9_000) with { Use = Unknown() });
    }

    private void Tool(TraceId trace, SpanEvent root, DateTimeOffset at, double offset, double ms, string name) =>
        spans.Add(Add(trace, root.Span, root.Source, "execute_tool " + name, SpanCategory.Tool, at, offset, ms));

    private SpanEvent Stage(TraceId trace, SpanEvent root, DateTimeOffset at, double offset, double ms, string name)
    {
        var stage = Add(trace, root.Span, root.Source, name, SpanCategory.Retrieval, at, offset, ms);
        spans.Add(stage);
        return stage;
    }

    private SpanEvent Add(
        TraceId trace,
        SpanId parent,
        TelemetrySource source,
        string name,
        SpanCategory category,
        DateTimeOffset at,
        double offset,
        double ms,
        bool isFailed = false
    ) =>
        new()
        {
            Trace = trace,
            Span = new SpanId(++ids),
            Parent = parent,
            Source = source,
            Name = name,
            Category = category,
            StartNanos = Nanos(at) + (long)(offset * 1e6),
            DurationNanos = (long)(ms * 1e6),
            Failed = isFailed,
        };

    private void Log(TraceId trace, SpanEvent span, DateTimeOffset at, double offset, LogSeverity severity, string component, string message) =>
        logs.Add(
            new LogEvent
            {
                Key = ++ids,
                Source = span.Source with { Scope = component },
                TimeNanos = Nanos(at) + (long)(offset * 1e6),
                Severity = severity,
                Message = message,
                Trace = trace,
                Span = span.Span,
            }
        );

    private void Score(TraceId trace, SpanEvent span, DateTimeOffset at, string name, ScoreKind kind, double value, string label) =>
        scores.Add(
            new ScoreEvent
            {
                Key = $"{span.Span}:{name}",
                Source = span.Source,
                TimeNanos = Nanos(at),
                Kind = kind,
                Name = name,
                Value = value,
                Label = label,
                Operation = "POST /ask",
                Trace = trace,
                Span = span.Span,
            }
        );

    private static ModelUse Embedding() =>
        new("text-embedding-3-small", "openai", new TokenUsage(14, 0, 0, 0, 0), Pricing.Priced, Money.OfDollars(0.00000028m), IsRetry: false);

    private static ModelUse Reranking() => new("rerank-v3.5", "cohere", default, Pricing.Priced, Money.OfDollars(0.002m), IsRetry: true);

    private static ModelUse Unknown() => new("house-model", "", new TokenUsage(2100, 0, 0, 480, 0), Pricing.UnknownModel, Money.Zero, IsRetry: false);

    private static ModelUse Chat(double slow)
    {
        var tokens = new TokenUsage(2388, 1024, 0, (long)(160 * slow), 0);
        var cost = (tokens.Input * 0.4m) + (tokens.CachedInput * 0.1m) + (tokens.Output * 1.6m);
        return new ModelUse("gpt-4.1-mini", "openai", tokens, Pricing.Priced, Money.OfDollars(cost / 1_000_000), IsRetry: false);
    }

    private static long Nanos(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks * 100;
}
