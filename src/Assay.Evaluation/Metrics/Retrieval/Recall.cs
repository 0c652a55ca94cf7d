using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Retrieval;

/// <summary>The share of the relevant documents that are among the first k retrieved.</summary>
internal sealed class Recall(string name, int k) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; } = MetricFingerprint.Of("recall", k);

    public static Recall Of(MetricEntry entry) => new(entry.ShownName, RankedAnswer.Depth(entry, 10));

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(RankedAnswer.Measure(asked, answer, ranking => ranking.Recall(k))));
}
