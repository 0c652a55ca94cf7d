using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;
using Assay.Ranking;

namespace Assay.Evaluation.Metrics.Judged;

/// <summary>Whether useful passages stand before useless ones: the average precision of the passages as they are ranked; 0 when none is useful.</summary>
internal sealed class ContextPrecision(string name, ModelCheck check) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint => check.Fingerprint;

    public static ContextPrecision Of(MetricEntry entry, MetricSources sources) =>
        new(entry.ShownName, ModelCheck.Of("context_precision", entry, sources, Verdicts.PassagesSchema));

    public async ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken)
    {
        var contexts = ModelCheck.Contexts(asked, answer);
        if (string.IsNullOrWhiteSpace(asked.Expected) || contexts.Count == 0)
        {
            return Measured.Of(contexts.Count == 0 ? Lacking.Contexts : Lacking.Expected);
        }

        if (contexts.Count > Verdicts.MaxParts)
        {
            return Measured.Of(new Measurement.Error($"There are {contexts.Count} passages; at most {Verdicts.MaxParts} are judged."));
        }

        var shown = new Asked(asked, "", contexts);
        return await check.AskAsync(shown, repeat, json => Verdicts.Passages(json, contexts.Count), Measure, cancellationToken);
    }

    private static Measurement.Value Measure(IReadOnlyList<JudgedPart> passages)
    {
        double[] grades = [.. passages.Select(passage => passage.Holds ? 1.0 : 0)];
        return new(JudgedRanking.Of(grades, grades)?.AveragePrecision() ?? 0, Verdicts.Reason(passages, "passages are useful"));
    }
}
