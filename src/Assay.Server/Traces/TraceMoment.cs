using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>Something at a point in time of a trace: an event of a span, or a score.</summary>
/// <param name="Nanos">When, in nanoseconds since 1970 UTC.</param>
/// <param name="Icon">fail or info.</param>
/// <param name="Title">What.</param>
/// <param name="Detail">Of which span, or by whom and why.</param>
internal sealed record TraceMoment(long Nanos, string Icon, string Title, Phrase Detail)
{
    /// <summary>A page lists so many at most.</summary>
    private const int Most = 50;

    public static IReadOnlyList<TraceMoment> Of(TraceModel trace, Figures figures) =>
        [.. trace.Scores.Select(s => OfScore(s, figures)).OrderBy(m => m.Nanos).Take(Most)];

    private static TraceMoment OfScore(ScoreEvent score, Figures figures)
    {
        var title = $"{score.Name} {figures.Number(score.Value)}" + (score.Label.Length > 0 ? $": {score.Label}" : "");
        return new(score.TimeNanos, "info", title, score.Reason.Length > 0 ? Phrase.Same(score.Reason) : KindOf(score.Kind));
    }

    private static Phrase KindOf(ScoreKind kind) =>
        kind switch
        {
            ScoreKind.Rating => new("rated by the user", "оценка пользователя"),
            ScoreKind.Guardrail => new("guardrail", "защитное правило"),
            _ => new("metric or judge", "метрика или судья"),
        };
}
