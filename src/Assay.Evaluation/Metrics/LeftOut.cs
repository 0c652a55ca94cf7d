using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics;

/// <summary>A metric that this run cannot measure: it says so of every case, and a gate on it has no data.</summary>
/// <param name="name">The metric's name.</param>
/// <param name="reason">Why.</param>
internal sealed class LeftOut(string name, string reason) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; } = Hash.Of("left out", name);

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(new Measurement.NotApplicable(reason)));
}
