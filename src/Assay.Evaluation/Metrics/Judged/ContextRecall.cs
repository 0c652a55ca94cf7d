using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Judged;

/// <summary>The share of the reference answer's statements that the passages hold.</summary>
internal sealed class ContextRecall(string name, ModelCheck check) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint => check.Fingerprint;

    public static ContextRecall Of(MetricEntry entry, MetricSources sources) =>
        new(entry.ShownName, ModelCheck.Of("context_recall", entry, sources, Verdicts.StatementsSchema));

    public async ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken)
    {
        var contexts = ModelCheck.Contexts(asked, answer);
        if (string.IsNullOrWhiteSpace(asked.Expected) || contexts.Count == 0)
        {
            return Measured.Of(contexts.Count == 0 ? Lacking.Contexts : Lacking.Expected);
        }

        var shown = new Asked(asked, "", contexts);
        return await check.AskAsync(shown, repeat, json => Verdicts.Statements(json, allowNone: false), Measure, cancellationToken);
    }

    private static Measurement.Value Measure(IReadOnlyList<JudgedPart> statements) =>
        new(Verdicts.Share(statements), Verdicts.Reason(statements, "statements of the reference are in the passages"));
}
