using Assay.Observability.Slos;
using Assay.Stores;

namespace Assay.Server.Slos;

/// <summary>Which stored events an SLO counts.</summary>
internal static class SloMatch
{
    /// <summary>Whether a span counts.</summary>
    public static bool Counts(SloIndicator indicator, SpanEvent span) =>
        indicator.Signal switch
        {
            SloSignal.Requests => span.IsRequest,
            SloSignal.Calls => !span.IsRequest && IsCall(span.Category),
            _ => false,
        } && Passes(indicator.Where, span.Name, span.Source, span.Variant);

    /// <summary>Whether a score counts.</summary>
    // A guardrail says what it found, not how good the answer was: it counts only where it is named.
    public static bool Counts(SloIndicator indicator, ScoreEvent score) =>
        indicator.Signal == SloSignal.Scores
        && (indicator.Where.Score is { } name ? name == score.Name : score.Kind != ScoreKind.Guardrail)
        && Passes(indicator.Where, score.Operation, score.Source, score.Variant);

    private static bool IsCall(SpanCategory category) => category is SpanCategory.Client or SpanCategory.Retrieval or SpanCategory.Model or SpanCategory.Tool;

    private static bool Passes(SloFilter where, string operation, TelemetrySource source, string variants) =>
        (where.Operation is null || where.Operation == operation)
        && (where.Version is null || where.Version == source.Version)
        && (where.Environment is null || where.Environment == source.Environment)
        && (where.Variant is null || HasVariant(variants, where.Variant));

    private static bool HasVariant(string variants, string variant)
    {
        foreach (var part in variants.AsSpan().Split(','))
        {
            if (variants.AsSpan(part).SequenceEqual(variant))
            {
                return true;
            }
        }

        return false;
    }
}
