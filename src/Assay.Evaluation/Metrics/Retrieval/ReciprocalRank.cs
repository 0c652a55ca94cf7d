using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Retrieval;

/// <summary>1 / the rank of the first relevant document among the first k retrieved, else 0; its mean over cases is MRR.</summary>
internal sealed class ReciprocalRank(string name, int k) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; } = MetricFingerprint.Of("mrr", k);

    public static ReciprocalRank Of(MetricEntry entry) => new(entry.ShownName, RankedAnswer.Depth(entry, 10));

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(RankedAnswer.Measure(asked, answer, ranking => ranking.ReciprocalRank(k))));
}
