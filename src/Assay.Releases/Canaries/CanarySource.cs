using Assay.Catalogs;
using Assay.Telemetry;

namespace Assay.Releases.Canaries;

/// <summary>What a metric is read from in the hub.</summary>
internal enum CanarySourceKind
{
    /// <summary>Failed requests.</summary>
    Errors,

    /// <summary>Durations of requests in milliseconds.</summary>
    Latency,

    /// <summary>US dollars a request.</summary>
    Cost,

    /// <summary>Values of a score.</summary>
    Score,

    /// <summary>Log records of a component, for each request; a request may leave any number.</summary>
    Log,

    /// <summary>Spans of a name, for each request; a request may leave any number.</summary>
    Span,

    /// <summary>Runs of a stage that fell back.</summary>
    Fallback,
}

/// <summary>What a metric is read from in the hub, as a release file writes it: <c>errors</c>, <c>score relevance</c>.</summary>
/// <param name="Kind">What.</param>
/// <param name="Name">Of which score, component or span; empty for the others.</param>
internal sealed record CanarySource(CanarySourceKind Kind, string Name)
{
    private const string Fallbacks = "rag_fallbacks_total";

    /// <summary>For fallbacks: the reason that counts; null for all.</summary>
    public string? Reason { get; init; }

    /// <exception cref="AssayException">It is none, or does not fit the metric's kind (exit code 2).</exception>
    public static CanarySource Of(CanaryMetric metric, CatalogPlace place)
    {
        var source = Parse(metric.Read, place);
        return Fits(source.Kind, metric.Kind)
            ? source
            : throw place.Error(
                $"'{metric.Read}' has no {metric.Kind.ToString().ToLowerInvariant()}.",
                "errors, fallback, log and span are rates; latency is a mean or a quantile such as p95; cost and score are means."
            );
    }

    private static CanarySource Parse(string read, CatalogPlace place)
    {
        var parts = read.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["errors"] => new CanarySource(CanarySourceKind.Errors, ""),
            ["latency"] => new CanarySource(CanarySourceKind.Latency, ""),
            ["cost"] => new CanarySource(CanarySourceKind.Cost, ""),
            ["score", var name] => new CanarySource(CanarySourceKind.Score, name),
            ["log", var name] => new CanarySource(CanarySourceKind.Log, name),
            ["span", var name] => new CanarySource(CanarySourceKind.Span, name),
            ["fallback", var stage] => FallbackOf(stage.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), place),
            _ => throw place.Error($"read is '{read}'.", "Give errors, latency, cost, score NAME, log NAME, span NAME or fallback STAGE."),
        };
    }

    /// <summary>A stage of the pipeline by its word, or any other span by its name. A reason that a stage never has would be a guardrail that watches nothing.</summary>
    private static CanarySource FallbackOf(string[] parts, CatalogPlace place)
    {
        var (stages, reasons) = (Label("stage"), Label("reason"));
        if (parts is not [var name, ..] || parts.Length > 2)
        {
            throw place.Error($"read is 'fallback {string.Join(' ', parts)}'.", "Give fallback STAGE, or fallback STAGE REASON.");
        }

        var isStage = stages.Contains(name);
        return parts.Length < 2 || !isStage || reasons.Contains(parts[1])
            ? new CanarySource(CanarySourceKind.Fallback, isStage ? $"rag.{name}" : name) { Reason = parts.ElementAtOrDefault(1) }
            : throw place.Error($"The stage {name} never falls back for '{parts[1]}'.", $"Give one of {string.Join(", ", reasons)}.");
    }

    private static IReadOnlyList<string> Label(string name) => TelemetryRegistry.Default.Metric(Fallbacks).Labels.First(l => l.Name == name).Values;

    private static bool Fits(CanarySourceKind source, CanaryMetricKind kind) =>
        source switch
        {
            CanarySourceKind.Errors or CanarySourceKind.Log or CanarySourceKind.Span or CanarySourceKind.Fallback => kind == CanaryMetricKind.Rate,
            CanarySourceKind.Latency => kind is CanaryMetricKind.Mean or CanaryMetricKind.Quantile,
            _ => kind == CanaryMetricKind.Mean,
        };
}
