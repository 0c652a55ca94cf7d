using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Overlaps;

/// <summary>ROUGE-L: the longest sequence of words that answer and expected answer share in order, gaps allowed (Lin 2004, one sequence for the whole text).</summary>
internal sealed class RougeL(string name, RougeScore score) : IMetric
{
    public string Name => name;

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; } = MetricFingerprint.Of("rouge_l", score);

    public static RougeL Of(MetricEntry entry) => new(entry.ShownName, RougeScore.Of(entry));

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(Measure(asked.Expected, answer.Text)));

    private Measurement Measure(string? expected, string answer)
    {
        if (expected is null)
        {
            return Lacking.Expected;
        }

        var wanted = WordKeys.Of(expected, score.Stem);
        return wanted.Length == 0 ? Lacking.Words : Compare(WordKeys.Of(answer, score.Stem), wanted);
    }

    private Measurement.Value Compare(ulong[] answer, ulong[] expected)
    {
        var overlap = new Overlap(CommonSubsequence.Length(answer, expected), answer.Length, expected.Length);
        var longest = Math.Max(answer.Length, expected.Length);
        return new Measurement.Value(
            score.Of(overlap),
            longest <= CommonSubsequence.MaxWords ? null : $"at least: of {longest} words the first {CommonSubsequence.MaxWords} were compared"
        );
    }
}
