using System.Diagnostics;

namespace Assay.Observability.Tracing;

/// <summary>A finished span as it was exported.</summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="SpanId">16 hexadecimal digits.</param>
/// <param name="ParentId">The parent's span id; null for the root of a trace.</param>
/// <param name="Name">The operation.</param>
/// <param name="StartUtc">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Status">Whether it failed.</param>
/// <param name="StatusDescription">Why it failed; null when nothing was said.</param>
/// <param name="Attributes">Attributes by name; the last value of a name counts.</param>
/// <param name="Events">Names of its events, in order.</param>
public sealed record SpanSnapshot(
    string TraceId,
    string SpanId,
    string? ParentId,
    string Name,
    DateTime StartUtc,
    TimeSpan Duration,
    ActivityStatusCode Status,
    string? StatusDescription,
    IReadOnlyDictionary<string, object?> Attributes,
    IReadOnlyList<string> Events
)
{
    internal static SpanSnapshot Of(Activity span)
    {
        var attributes = new Dictionary<string, object?>();
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            attributes[tag.Key] = tag.Value;
        }

        return new SpanSnapshot(
            span.TraceId.ToHexString(),
            span.SpanId.ToHexString(),
            span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString(),
            span.DisplayName,
            span.StartTimeUtc,
            span.Duration,
            span.Status,
            span.StatusDescription,
            attributes,
            [.. span.Events.Select(e => e.Name)]
        );
    }
}
