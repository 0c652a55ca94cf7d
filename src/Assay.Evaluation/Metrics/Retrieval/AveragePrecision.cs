using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Retrieval;

/// <summary>Average precision over the first k retrieved documents; its mean over cases is MAP.</summary>
internal sealed class AveragePrecision(string name, int k) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; } = MetricFingerprint.Of("map", k);

    public static AveragePrecision Of(MetricEntry entry) => new(entry.ShownName, RankedAnswer.Depth(entry, 1000));

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(RankedAnswer.Measure(asked, answer, ranking => ranking.AveragePrecision(k))));
}
