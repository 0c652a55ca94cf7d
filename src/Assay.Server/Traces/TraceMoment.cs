using Assay.Server.Intake.Details;
using Assay.Server.Surface.Reading;
using Assay.Stores;

namespace Assay.Server.Traces;

/// <summary>Something at a point in time of a trace: an event of a span, a score, a decision.</summary>
/// <param name="Nanos">When, in nanoseconds since 1970 UTC.</param>
/// <param name="Icon">pass, fail, inconclusive, nodata or info.</param>
/// <param name="Title">What.</param>
/// <param name="Detail">Of which span, or by whom and why.</param>
public sealed record TraceMoment(long Nanos, string Icon, string Title, Phrase Detail)
{
    /// <summary>Attributes that an event shows.</summary>
    private const int MostAttributes = 4;

    /// <summary>Longer texts are cut.</summary>
    private const int MostCharacters = 300;

    internal static bool IsException(OtlpSpanEvent e) => e.Name == "exception";

    internal static TraceMoment OfEvent(OtlpSpanEvent e, SpanEvent span)
    {
        string? Value(string key) => e.Attributes.FirstOrDefault(a => a.Key == key)?.Text;
        if (IsException(e))
        {
            return new(e.TimeNanos, "fail", Value("exception.type") ?? e.Name, Phrase.Same(Cut($"{SpanTitle.Of(span)}: {Value("exception.message")}")));
        }

        var about = e.Attributes.Take(MostAttributes).Select(a => $"{a.Key} {a.Text}");
        return new(e.TimeNanos, "info", e.Name, Phrase.Same(Cut(string.Join(" · ", about.Prepend(SpanTitle.Of(span).ToString())))));
    }

    internal static TraceMoment OfScore(ScoreEvent score, Figures figures)
    {
        var title = $"{score.Name} {figures.Number(score.Value)}" + (score.Label.Length > 0 ? $": {score.Label}" : "");
        var icon = score.Kind == ScoreKind.Guardrail ? (score.Value > 0 ? "inconclusive" : "pass") : "info";
        return new(score.TimeNanos, icon, title, score.Reason.Length > 0 ? Phrase.Same(Cut(score.Reason)) : KindOf(score));
    }

    private static Phrase KindOf(ScoreEvent score) =>
        score.Kind switch
        {
            ScoreKind.Rating => new("rated by the user", "оценка пользователя"),
            ScoreKind.Guardrail when score.Value > 0 => new("guardrail triggered", "защитное правило сработало"),
            ScoreKind.Guardrail => new("guardrail let pass", "защитное правило пропустило"),
            _ => new("metric or judge", "метрика или судья"),
        };

    private static string Cut(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
}
