using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace Assay.Observability.Tracing;

/// <summary>
/// Passes sampled spans on as they end, and holds the spans of traces that are not sampled until their local root ends:
/// if a span failed, or the root was slow, all of them are passed on, else they are dropped and counted.
/// </summary>
/// <remarks>It is a composite because the SDK hands resource, flush and shutdown on to the processors of a composite alone.</remarks>
internal sealed class TailSampling : CompositeProcessor<Activity>
{
    /// <summary>Unsampled traces that are held at one time.</summary>
    public const int MaxTraces = 1_000;

    /// <summary>Spans that are held for one trace.</summary>
    public const int MaxSpansPerTrace = 1_000;

    // A root that has not ended after ten minutes will most likely never end; its place is taken when there is no other.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Activity, HeldTrace> held = new();
    private readonly TimeSpan slow;
    private readonly ObservabilityMeter meter;
    private readonly int maxTraces;
    private readonly int maxSpansPerTrace;

    public TailSampling(
        IEnumerable<BaseProcessor<Activity>> exporting,
        TimeSpan slow,
        ObservabilityMeter meter,
        int maxTraces = MaxTraces,
        int maxSpansPerTrace = MaxSpansPerTrace
    )
        : base(exporting)
    {
        this.slow = slow;
        this.meter = meter;
        this.maxTraces = maxTraces;
        this.maxSpansPerTrace = maxSpansPerTrace;
    }

    public override void OnStart(Activity data)
    {
        base.OnStart(data);
        if (!data.Recorded && data.Parent is null && (held.Count < maxTraces || ForgetAbandoned(data.StartTimeUtc)))
        {
            held[data] = new HeldTrace(maxSpansPerTrace);
        }
    }

    public override void OnEnd(Activity data)
    {
        if (data.Recorded)
        {
            base.OnEnd(data);
            return;
        }

        var root = LocalRoot(data);
        if (ReferenceEquals(root, data))
        {
            End(root);
        }
        else if (held.TryGetValue(root, out var trace) && trace.Add(data) is { } added)
        {
            Count(added ? null : DropReason.BufferFull);
        }
        else
        {
            Late(root, data);
        }
    }

    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        foreach (var root in held.Keys)
        {
            End(root);
        }

        return base.OnShutdown(timeoutMilliseconds);
    }

    private void End(Activity root)
    {
        if (!held.TryRemove(root, out var trace))
        {
            EndUnheld(root);
            return;
        }

        var ended = root.IsStopped;
        var spans = trace.Close();
        if (trace.Failed || IsFailedOrSlow(root))
        {
            // Spans that outlive their root see by its flag that the trace is kept.
            root.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
            spans.ForEach(Pass);
            if (ended)
            {
                Pass(root);
            }
        }
        else
        {
            meter.CountDropped(TelemetrySignal.Span, DropReason.SampledOut, spans.Count + (ended ? 1 : 0));
        }
    }

    // There was no room for its spans: the root alone is better than nothing.
    private void EndUnheld(Activity root)
    {
        if (IsFailedOrSlow(root))
        {
            Pass(root);
        }
        else
        {
            Count(DropReason.BufferFull);
        }
    }

    private bool IsFailedOrSlow(Activity root) => root.Status == ActivityStatusCode.Error || root.Duration > slow;

    // A span that ends after its root follows the root's decision; without a held trace there was no room for it.
    private void Late(Activity root, Activity span)
    {
        if (root.Recorded || span.Status == ActivityStatusCode.Error)
        {
            Pass(span);
        }
        else
        {
            Count(root.IsStopped ? DropReason.SampledOut : DropReason.BufferFull);
        }
    }

    private void Pass(Activity span)
    {
        span.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        base.OnEnd(span);
    }

    private void Count(DropReason? reason)
    {
        if (reason is { } dropped)
        {
            meter.CountDropped(TelemetrySignal.Span, dropped, 1);
        }
    }

    private bool ForgetAbandoned(DateTime now)
    {
        foreach (var (root, _) in held)
        {
            // A root that was taken out of what is exported, such as a probe's, has ended and nobody says so here.
            if (root is { IsStopped: true, IsAllDataRequested: false } && held.TryRemove(root, out var suppressed))
            {
                meter.CountDropped(TelemetrySignal.Span, DropReason.SampledOut, suppressed.Close().Count);
                return true;
            }

            if (now - root.StartTimeUtc > AbandonedAfter && held.TryRemove(root, out var trace))
            {
                meter.CountDropped(TelemetrySignal.Span, DropReason.BufferFull, trace.Close().Count);
                return true;
            }
        }

        return false;
    }

    private static Activity LocalRoot(Activity span)
    {
        var root = span;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return root;
    }

    /// <summary>The ended spans of one trace that is not sampled.</summary>
    private sealed class HeldTrace(int maxSpans)
    {
        private readonly Lock gate = new();
        private readonly List<Activity> spans = [];
        private bool closed;

        public bool Failed { get; private set; }

        /// <summary>True when the span is held, false when there was no room, null when the trace was decided meanwhile.</summary>
        public bool? Add(Activity span)
        {
            lock (gate)
            {
                if (closed)
                {
                    return null;
                }

                var failed = span.Status == ActivityStatusCode.Error;
                Failed |= failed;
                if (spans.Count >= maxSpans)
                {
                    return false;
                }

                spans.Add(span);
                return true;
            }
        }

        public List<Activity> Close()
        {
            lock (gate)
            {
                closed = true;
                return spans;
            }
        }
    }
}
