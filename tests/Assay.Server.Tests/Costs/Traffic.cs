using Assay.Prices;
using Assay.Server.Costs;
using Assay.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Costs;

/// <summary>Puts requests with model calls into a running hub's store, priced as on arrival.</summary>
/// <param name="hub">The hub.</param>
/// <param name="firstId">From which ids are counted, where several share a hub.</param>
internal sealed class Traffic(RunningHub hub, int firstId = 0)
{
    /// <summary>The time of all traffic.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A clock that stands at the evening of that day: events much older than the clock are not summed.</summary>
    public static readonly TimeProvider Evening = new StoppedClock(Noon.AddHours(8));

    private int spans = firstId;

    public IEventStore Store => hub.Hub.Services.GetRequiredService<IEventStore>();

    /// <summary>The window of all traffic, as in an address.</summary>
    public static string Day => "from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z";

    /// <summary>A request and the model calls in it.</summary>
    public async Task<TraceId> RequestAsync(RequestFacts request, params ModelCall[] calls)
    {
        var trace = new TraceId((UInt128)(uint)++spans);
        var root = Span(request, trace) with { IsRequest = true, Failed = request.Failed, DurationNanos = request.DurationMs * 1_000_000 };
        var pricing = hub.Hub.Services.GetRequiredService<ISpanPricing>();
        var models = calls.Select(call =>
            Span(request, trace) with
            {
                Name = "chat",
                Category = SpanCategory.Model,
                Parent = root.Span,
                Use = pricing.Price(call),
            }
        );
        var tools = request.Tools.Select(tool =>
            Span(request, trace) with
            {
                Name = "execute_tool " + tool.Name,
                Category = SpanCategory.Tool,
                Parent = root.Span,
                Failed = tool.Failed,
                DurationNanos = tool.DurationMs * 1_000_000,
            }
        );
        await Store.AppendAsync(new EventBatch { Spans = [root, .. models, .. tools] }, TestContext.Current.CancellationToken);
        return trace;
    }

    /// <summary>A call at noon.</summary>
    public static ModelCall Call(string model, long input = 1_000, long output = 1_000, bool isRetry = false, bool isCacheHit = false, bool hasTokens = true) =>
        new(model, "", hasTokens ? new TokenUsage(input, 0, 0, output, 0) : null, isRetry, isCacheHit, Nanos(Noon));

    public static long Nanos(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;

    private SpanEvent Span(RequestFacts request, TraceId trace) =>
        new()
        {
            Trace = trace,
            Span = new SpanId((ulong)++spans),
            Source = new TelemetrySource(request.Service, request.Version, "test", ReadOnlyMemory<byte>.Empty, ""),
            Name = request.Operation,
            Category = SpanCategory.Server,
            StartNanos = Nanos(request.At ?? Noon),
            DurationNanos = 1_000_000,
            Variant = request.Variant,
            Prompt = request.Prompt,
            Body = new byte[] { 1 },
        };
}

/// <summary>A request of the traffic.</summary>
internal sealed record RequestFacts
{
    public string Service { get; init; } = "rag";

    public string Version { get; init; } = "1.0";

    public string Operation { get; init; } = "POST /ask";

    public string Variant { get; init; } = "";

    public string Prompt { get; init; } = "answer@1";

    public DateTimeOffset? At { get; init; }

    public bool Failed { get; init; }

    public long DurationMs { get; init; } = 100;

    public IReadOnlyList<ToolFacts> Tools { get; init; } = [];
}

internal sealed record ToolFacts(string Name, long DurationMs, bool Failed);

/// <summary>A clock that tells one time; its timers run as the system's do.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
