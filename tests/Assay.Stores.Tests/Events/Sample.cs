using System.Text;
using Assay.Prices;

namespace Assay.Stores.Tests.Events;

/// <summary>Events to store; each call gives the same for the same number.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly TelemetrySource Service = new("rag-service", "1.4.0", "production", Encoding.UTF8.GetBytes("resource"), "Rag");

    public static long Nanos(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;

    public static TraceId Trace(int number) => new(((UInt128)0xA55A << 64) + (UInt128)(number + 1));

    public static SpanEvent Request(int trace, DateTimeOffset? at = null) =>
        new()
        {
            Trace = Trace(trace),
            Span = new SpanId(1),
            IsRequest = true,
            Source = Service,
            Name = "POST /ask",
            Category = SpanCategory.Server,
            StartNanos = Nanos(at ?? Noon),
            DurationNanos = 250_000_000,
            Body = Encoding.UTF8.GetBytes($"request {trace}"),
        };

    public static SpanEvent Child(int trace, ulong span, DateTimeOffset? at = null) =>
        Request(trace, at) with
        {
            Span = new SpanId(span),
            Parent = new SpanId(1),
            IsRequest = false,
            Name = "rag.dense",
            Category = SpanCategory.Retrieval,
            DurationNanos = 40_000_000,
            Body = Encoding.UTF8.GetBytes($"child {trace}/{span}"),
        };

    public static SpanEvent Call(int trace, ulong span, decimal dollars, DateTimeOffset? at = null) =>
        Child(trace, span, at) with
        {
            Name = "chat gpt-5",
            Category = SpanCategory.Model,
            Use = new ModelUse("gpt-5", "openai", new TokenUsage(100, 20, 0, 50, 5), Pricing.Priced, Money.OfDollars(dollars), IsRetry: false),
        };

    public static LogEvent Log(int number, DateTimeOffset? at = null) =>
        new()
        {
            Key = (UInt128)(number + 1),
            Source = Service,
            TimeNanos = Nanos(at ?? Noon),
            Severity = LogSeverity.Warning,
            Message = $"slow answer {number}",
            Body = Encoding.UTF8.GetBytes($"log {number}"),
        };

    public static ScoreEvent Score(int number, double value, DateTimeOffset? at = null) =>
        new()
        {
            Key = $"score-{number}",
            Source = Service,
            TimeNanos = Nanos(at ?? Noon),
            Kind = ScoreKind.Quality,
            Name = "relevance",
            Value = value,
        };

    public static EventBatch Batch(params SpanEvent[] spans) => new() { Spans = spans };
}
