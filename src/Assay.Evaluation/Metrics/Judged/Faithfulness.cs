using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Judged;

/// <summary>The share of the answer's claims that its passages support. An answer that claims nothing is not measured.</summary>
internal sealed class Faithfulness(string name, ModelCheck check) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint => check.Fingerprint;

    public static Faithfulness Of(MetricEntry entry, MetricSources sources) =>
        new(entry.ShownName, ModelCheck.Of("faithfulness", entry, sources, Verdicts.StatementsSchema));

    public async ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken)
    {
        var contexts = ModelCheck.Contexts(asked, answer);
        if (contexts.Count == 0 || string.IsNullOrWhiteSpace(answer.Text))
        {
            return Measured.Of(contexts.Count == 0 ? Lacking.Contexts : NoClaim);
        }

        var shown = new Asked(asked with { Expected = null }, answer.Text, contexts);
        return await check.AskAsync(shown, repeat, json => Verdicts.Statements(json, allowNone: true), Measure, cancellationToken);
    }

    private static readonly Measurement NoClaim = new Measurement.NotApplicable("The answer makes no claim.");

    private static Measurement Measure(IReadOnlyList<JudgedPart> claims) =>
        claims.Count == 0 ? NoClaim : new Measurement.Value(Verdicts.Share(claims), Verdicts.Reason(claims, "claims are supported"));
}
