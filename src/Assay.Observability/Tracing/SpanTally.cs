using System.Diagnostics;
using OpenTelemetry;

namespace Assay.Observability.Tracing;

/// <summary>Counts exported spans by name and keeps the attributes of the last one of each, so that a report can say what was really exported.</summary>
public sealed class SpanTally : BaseExporter<Activity>
{
    /// <summary>Span names counted at most; registered names are far fewer.</summary>
    private const int MaxNames = 256;

    private readonly Lock sync = new();
    private readonly Dictionary<string, Seen> counts = [];

    /// <summary>What was exported so far under the name; null when nothing was.</summary>
    public SpanCount? Of(string name)
    {
        lock (sync)
        {
            return counts.TryGetValue(name, out var seen) ? new SpanCount(seen.Spans, seen.Last!.TagObjects.ToDictionary()) : null;
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> batch)
    {
        lock (sync)
        {
            foreach (var span in batch)
            {
                if (counts.TryGetValue(span.OperationName, out var seen))
                {
                    seen.Spans++;
                    seen.Last = span;
                }
                else if (counts.Count < MaxNames)
                {
                    counts[span.OperationName] = new Seen { Spans = 1, Last = span };
                }
            }
        }

        return ExportResult.Success;
    }

    /// <summary>The span itself is kept, because it does not change once it is exported and its attributes are asked for only at the end.</summary>
    private sealed class Seen
    {
        public long Spans { get; set; }

        public Activity? Last { get; set; }
    }
}

/// <summary>How many spans of one name were exported.</summary>
/// <param name="Spans">The number.</param>
/// <param name="LastAttributes">Attributes of the last one.</param>
public sealed record SpanCount(long Spans, IReadOnlyDictionary<string, object?> LastAttributes);
