using Assay.Observability.Prometheus;
using Assay.Observability.Tracing;
using Assay.Rag.Settings;

namespace Assay.Rag.Summaries;

/// <summary>Whether a stage's metric was emitted: <c>emitted</c> only when a sample was read back from the exporter's page, else <c>skipped</c> with the reason.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Status"><c>emitted</c> or <c>skipped</c>.</param>
/// <param name="Samples">Samples on the page; 0 when skipped.</param>
/// <param name="Reason">Why it was skipped; null when it was emitted.</param>
internal sealed record MetricEmission(string Metric, string Status, long Samples, string? Reason)
{
    public const string Emitted = "emitted";
    public const string Skipped = "skipped";

    /// <summary>Looks for the stage's histogram on the page.</summary>
    /// <param name="stage">A stage that is switched on.</param>
    /// <param name="page">The page as scraped; null when metrics are off.</param>
    public static MetricEmission Of(RagStage stage, PrometheusPage? page)
    {
        var metric = RagNames.Latency(stage);
        if (page is null)
        {
            return new MetricEmission(metric, Skipped, 0, "metrics are off");
        }

        var samples = page.Value(metric + "_count") ?? 0;
        return samples > 0
            ? new MetricEmission(metric, Emitted, (long)samples, Reason: null)
            : new MetricEmission(metric, Skipped, 0, $"the exporter's page has no sample of {metric}");
    }
}

/// <summary>Whether spans of a stage were exported.</summary>
/// <param name="Status"><c>active</c> when spans of the stage reached the exporters, else <c>skipped</c>.</param>
/// <param name="Spans">How many.</param>
/// <param name="Attributes">Attributes of the last one.</param>
/// <param name="Reason">Why there are none; null when there are.</param>
internal sealed record SpanEmission(string Status, long Spans, IReadOnlyDictionary<string, object?>? Attributes, string? Reason)
{
    public static SpanEmission Of(RagStage stage, SpanTally? tally)
    {
        if (tally?.Of(RagNames.Span(stage)) is { } seen)
        {
            return new SpanEmission(
                "active",
                seen.Spans,
                new SortedDictionary<string, object?>(seen.LastAttributes.ToDictionary(), StringComparer.Ordinal),
                Reason: null
            );
        }

        return new SpanEmission("skipped", 0, Attributes: null, tally is null ? "tracing is off" : "no span of the stage reached the exporters");
    }
}

/// <summary>What was really emitted, stage by stage, as re-read from the exporters. A stage that is switched off is only in <see cref="Disabled"/>.</summary>
/// <param name="Metrics">By stage name.</param>
/// <param name="Spans">By span name.</param>
/// <param name="Disabled">Stage name to the reason it is off.</param>
internal sealed record EmissionReport(
    IReadOnlyDictionary<string, MetricEmission> Metrics,
    IReadOnlyDictionary<string, SpanEmission> Spans,
    IReadOnlyDictionary<string, string> Disabled
)
{
    private static readonly RagStage[] Reported = [RagStage.Dense, RagStage.Sparse, RagStage.Rerank, RagStage.Export];

    public static EmissionReport Read(ResolvedSettings settings, PrometheusPage? page, SpanTally? tally)
    {
        var disabled = Reported
            .Select(s => (Stage: s, Reason: OffReason(s, settings)))
            .Where(s => s.Reason is not null)
            .ToDictionary(s => s.Stage, s => s.Reason!);
        var on = Reported.Where(s => !disabled.ContainsKey(s)).ToList();
        return new EmissionReport(
            on.ToDictionary(RagNames.Word, s => MetricEmission.Of(s, page)),
            on.ToDictionary(RagNames.Span, s => SpanEmission.Of(s, tally)),
            disabled.ToDictionary(d => RagNames.Word(d.Key), d => d.Value)
        );
    }

    /// <summary>The lines of the terminal's footer, without the one about the GPU.</summary>
    public IEnumerable<string> Footer()
    {
        foreach (var stage in Reported.Select(RagNames.Word))
        {
            yield return Disabled.TryGetValue(stage, out var off) ? $"rag.{stage}: skipped ({off})"
            : Metrics[stage] is { Status: MetricEmission.Emitted } emitted ? $"rag.{stage}: emitted ({emitted.Metric})"
            : $"rag.{stage}: skipped ({Metrics[stage].Reason})";
        }
    }

    private static string? OffReason(RagStage stage, ResolvedSettings settings) =>
        settings.IsOn(RagNames.Word(stage)) ? null : $"disabled via {settings.Of(RagNames.Word(stage)).Source}";
}
