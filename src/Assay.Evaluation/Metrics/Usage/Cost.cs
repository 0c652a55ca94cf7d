using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Usage;

/// <summary>What the answer cost, in US dollars; for a cached answer what it cost when it was made. An unknown price is unknown, never 0.</summary>
internal sealed class Cost(string name) : IMetric
{
    public string Name => name;

    public MetricScale Scale { get; } = new(HigherIsBetter: false, 0, High: null, "usd");

    public string Fingerprint { get; } = MetricFingerprint.Of("cost_usd");

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            Measured.Of(answer.Cost is { } cost ? new Measurement.Value((double)cost.Dollars) : new Measurement.NotApplicable("The price is unknown."))
        );
}
