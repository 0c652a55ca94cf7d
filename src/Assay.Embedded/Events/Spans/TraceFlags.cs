using Assay.Stores;

namespace Assay.Embedded.Events.Spans;

/// <summary>
/// The flags that the requests of a trace asked, by service, and the stages of services whose request has not come yet: a request ends after its stages, so its
/// span may be in a later batch. Stages of a service have the flags of its request that came first; of those that came together, of the outermost.
/// </summary>
internal sealed class TraceFlags
{
    /// <summary>Services of a trace whose flags are remembered; stages of others have their own flags.</summary>
    private const int MostServices = 16;

    /// <summary>Stages that are remembered, about 300 bytes each; of more of them the store is asked.</summary>
    private const int MostWaiting = 64;

    private readonly List<SpanEvent> waiting = [];
    private readonly List<ServiceFlags> known = [];
    private bool isWhole = true;

    /// <summary>Stages whose request has not come yet, without their bodies.</summary>
    public IReadOnlyList<SpanEvent> Waiting => waiting;

    /// <summary>The same of a trace that nobody remembers, from its stored spans.</summary>
    public static TraceFlags Of(IReadOnlyList<SpanEvent> spans)
    {
        var flags = new TraceFlags();
        flags.Meet(spans, () => []);
        foreach (var stage in spans.Where(s => s.Fallback is not null && flags.Find(s.Source.Service) is null))
        {
            flags.Wait(stage);
        }

        return flags;
    }

    /// <summary>Notes the flags of requests, and gives the stages that waited for them.</summary>
    /// <param name="spans">Spans that came together.</param>
    /// <param name="earlier">Reads those that are stored already, where too many wait to be remembered.</param>
    public IReadOnlyList<SpanEvent> Meet(IReadOnlyList<SpanEvent> spans, Func<IReadOnlyList<SpanEvent>> earlier)
    {
        var met = new List<SpanEvent>();
        foreach (var request in InOrder(spans))
        {
            var service = request.Source.Service;
            if (known.Count < MostServices && Find(service) is null)
            {
                known.Add(new ServiceFlags(service, request.Variant));
                met.AddRange(isWhole ? waiting.Where(s => s.Source.Service == service) : earlier().Where(s => IsStageOf(s, service)));
                waiting.RemoveAll(s => s.Source.Service == service);
            }
        }

        return met;
    }

    /// <summary>Under which flags a stage is counted; those of its request are known before the stage is asked for.</summary>
    public string VariantOf(SpanEvent stage) => Find(stage.Source.Service) is { Length: > 0 } flags ? flags : stage.Variant;

    /// <summary>Remembers a stage until the request of its service comes.</summary>
    public void WaitIfUnknown(SpanEvent stage)
    {
        if (Find(stage.Source.Service) is null)
        {
            Wait(stage);
        }
    }

    private void Wait(SpanEvent stage)
    {
        if (waiting.Count < MostWaiting)
        {
            waiting.Add(stage with { Body = default });
        }
        else
        {
            isWhole = false;
        }
    }

    private string? Find(string service) => known.Find(k => k.Service == service)?.Variant;

    private static bool IsStageOf(SpanEvent span, string service) => span.Fallback is not null && span.Source.Service == service;

    private static IEnumerable<SpanEvent> InOrder(IReadOnlyList<SpanEvent> spans) =>
        spans.Where(s => s.IsRequest).OrderBy(s => s.Parent.IsPresent).ThenBy(s => s.StartNanos).ThenBy(s => s.Span.Value);

    private sealed record ServiceFlags(string Service, string Variant);
}
