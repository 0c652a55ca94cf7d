using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Overlaps;

/// <summary>ROUGE-N: runs of one or two words that answer and expected answer share (Lin 2004).</summary>
internal sealed class RougeN(string name, int order, RougeScore score) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; } = MetricFingerprint.Of("rouge_n", order, score);

    public static RougeN Of(MetricEntry entry, int order) => new(entry.ShownName, order, RougeScore.Of(entry));

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(Measure(asked.Expected, answer.Text)));

    private Measurement Measure(string? expected, string answer)
    {
        if (expected is null)
        {
            return Lacking.Expected;
        }

        var wanted = WordKeys.Of(expected, score.Stem);
        if (wanted.Length < order)
        {
            return wanted.Length == 0 ? Lacking.Words : new Measurement.NotApplicable($"The expected answer has fewer than {order} words.");
        }

        Span<Overlap> byOrder = stackalloc Overlap[order];
        Grams.Compare(WordKeys.Of(answer, score.Stem), wanted, byOrder);
        return new Measurement.Value(score.Of(byOrder[order - 1]));
    }
}
