using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Usage;

/// <summary>Tokens of the answer, those spent on reasoning included.</summary>
internal sealed class OutputTokens(string name) : IMetric
{
    public string Name => name;

    public MetricScale Scale { get; } = new(HigherIsBetter: false, 0, High: null, "tokens");

    public string Fingerprint { get; } = MetricFingerprint.Of("output_tokens");

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            Measured.Of(
                answer.Tokens is { } tokens ? new Measurement.Value(tokens.AllOutput) : new Measurement.NotApplicable("The target does not report tokens.")
            )
        );
}
