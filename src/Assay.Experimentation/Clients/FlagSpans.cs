using System.Diagnostics;

namespace Assay.Experimentation.Clients;

/// <summary>
/// Tells on spans which flags were asked and what they gave: events <c>feature_flag.evaluation</c> of OpenTelemetry's semantic conventions, by which
/// traces, costs, scores and SLOs are split. Units are never told. Nothing is done, and nothing allocated, where no span is recorded.
/// </summary>
internal static class FlagSpans
{
    /// <summary>Flags that a request tells of; the hub splits by as many.</summary>
    private const int Most = 16;

    private const string Slot = "assay.flags";
    private const string Event = "feature_flag.evaluation";
    private const string Provider = "assay";

    private static readonly Lock Gate = new();

    /// <summary>Records that a flag, or an experiment, gave a variant, once for a flag, its variant and a request.</summary>
    public static void Record(string flag, string? variant)
    {
        if (variant is null || Activity.Current is not { IsAllDataRequested: true } span)
        {
            return;
        }

        // The request's own span is what SLOs and latencies are made of; the span that asked may be far below it.
        var request = RootOf(span);
        if (!RecordedBy(request).Add(flag, variant))
        {
            return;
        }

        Tell(span, flag, variant);
        if (request != span && request.IsAllDataRequested)
        {
            Tell(request, flag, variant);
        }
    }

    private static void Tell(Activity span, string flag, string variant) =>
        span.AddEvent(
            new ActivityEvent(
                Event,
                tags: new ActivityTagsCollection
                {
                    ["feature_flag.key"] = flag,
                    ["feature_flag.result.variant"] = variant,
                    ["feature_flag.provider.name"] = Provider,
                }
            )
        );

    private static Activity RootOf(Activity span)
    {
        var root = span;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return root;
    }

    private static RecordedFlags RecordedBy(Activity request)
    {
        if (request.GetCustomProperty(Slot) is RecordedFlags recorded)
        {
            return recorded;
        }

        lock (Gate)
        {
            if (request.GetCustomProperty(Slot) is RecordedFlags other)
            {
                return other;
            }

            var made = new RecordedFlags();
            request.SetCustomProperty(Slot, made);
            return made;
        }
    }

    private sealed class RecordedFlags
    {
        private readonly List<(string Flag, string Variant)> told = [];

        /// <summary>Whether it was not told yet and there is room to tell it.</summary>
        public bool Add(string flag, string variant)
        {
            lock (told)
            {
                foreach (var (knownFlag, knownVariant) in told)
                {
                    if (knownFlag == flag && knownVariant == variant)
                    {
                        return false;
                    }
                }

                if (told.Count == Most)
                {
                    return false;
                }

                told.Add((flag, variant));
                return true;
            }
        }
    }
}
