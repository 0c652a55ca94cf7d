using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Judged;

/// <summary>The share of the answer's statements that help to answer the question; 0 for an empty answer.</summary>
internal sealed class AnswerRelevance(string name, ModelCheck check) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint => check.Fingerprint;

    public static AnswerRelevance Of(MetricEntry entry, MetricSources sources) =>
        new(entry.ShownName, ModelCheck.Of("answer_relevance", entry, sources, Verdicts.StatementsSchema));

    public async ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(answer.Text))
        {
            return Measured.Of(new Measurement.Value(0, "the answer is empty"));
        }

        var shown = new Asked(asked with { Expected = null }, answer.Text, []);
        return await check.AskAsync(shown, repeat, json => Verdicts.Statements(json, allowNone: false), Measure, cancellationToken);
    }

    private static Measurement.Value Measure(IReadOnlyList<JudgedPart> statements) =>
        new(Verdicts.Share(statements), Verdicts.Reason(statements, "statements help to answer the question"));
}
