using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Usage;

/// <summary>How long the answer took at its source, in milliseconds; for a cached answer how long it took when it was made.</summary>
internal sealed class Latency(string name) : IMetric
{
    public string Name => name;

    public MetricScale Scale { get; } = new(HigherIsBetter: false, 0, High: null, "ms");

    public string Fingerprint { get; } = MetricFingerprint.Of("latency_ms");

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(Measure(answer)));

    // No clock measures exactly 0: it means that nobody measured.
    private static Measurement Measure(Answer answer) =>
        answer.LatencyMs > 0 && double.IsFinite(answer.LatencyMs)
            ? new Measurement.Value(answer.LatencyMs)
            : new Measurement.NotApplicable("The target does not say how long it took.");
}
