using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Texts;

/// <summary>1 when the answer is the expected one, up to the differences that count for nothing; else 0.</summary>
internal sealed class Exact(string name, Wording wording) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; } = MetricFingerprint.Of("exact", wording);

    public static Exact Of(MetricEntry entry) => new(entry.ShownName, Wording.Of(entry));

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(Measure(asked, answer)));

    private Measurement Measure(Case asked, Answer answer) =>
        asked.Expected is { } expected ? new Measurement.Value(wording.Write(answer.Text) == wording.Write(expected) ? 1 : 0) : Lacking.Expected;
}
