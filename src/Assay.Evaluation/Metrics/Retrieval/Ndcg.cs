using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Retrieval;

/// <summary>nDCG of the first k retrieved documents: graded relevance, better places count more.</summary>
internal sealed class Ndcg(string name, int k) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; } = MetricFingerprint.Of("ndcg", k);

    public static Ndcg Of(MetricEntry entry) => new(entry.ShownName, RankedAnswer.Depth(entry, 10));

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(RankedAnswer.Measure(asked, answer, ranking => ranking.Ndcg(k))));
}
