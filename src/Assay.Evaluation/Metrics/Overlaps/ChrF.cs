using System.Globalization;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Metrics.Overlaps;

/// <summary>
/// chrF: runs of 1 to 6 characters that answer and expected answer share, white space left out (Popović 2015); with runs of words besides, chrF++
/// (Popović 2017). As sacreBLEU computes it for one sentence, on 0 to 1: the mean of precision and recall over the lengths that both texts have.
/// </summary>
internal sealed class ChrF : IMetric
{
    private const int MaxCharacterOrder = 10;
    private const int MaxWordOrder = 4;
    private const double MaxBeta = 10;

    private readonly int characterOrder;
    private readonly int wordOrder;
    private readonly double beta;
    private readonly bool ignoreCase;

    private ChrF(MetricEntry entry)
    {
        Name = entry.ShownName;
        characterOrder = (int)entry.Within("characterOrder", entry.CharacterOrder, 6, 1, MaxCharacterOrder);
        wordOrder = (int)entry.Within("wordOrder", entry.WordOrder, 0, 0, MaxWordOrder);
        beta = entry.Within("beta", entry.Beta, 2, 0.1, MaxBeta);
        ignoreCase = entry.IgnoreCase ?? false;
        Fingerprint = MetricFingerprint.Of("chrf", characterOrder, wordOrder, beta.ToString("R", CultureInfo.InvariantCulture), ignoreCase);
    }

    public string Name { get; }

    public MetricScale Scale => MetricScale.Share;

    public string Fingerprint { get; }

    public static ChrF Of(MetricEntry entry) => new(entry);

    public ValueTask<Measured> MeasureAsync(Case asked, Answer answer, int repeat, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Measured.Of(Measure(asked.Expected, answer.Text)));

    private Measurement Measure(string? expected, string answer)
    {
        if (expected is null)
        {
            return Lacking.Expected;
        }

        var wanted = CharacterKeys.Of(expected, ignoreCase);
        return wanted.Length == 0
            ? new Measurement.NotApplicable("The expected answer is empty.")
            : new Measurement.Value(Score(CharacterKeys.Of(answer, ignoreCase), wanted, answer, expected));
    }

    private double Score(ulong[] answerCharacters, ulong[] expectedCharacters, string answer, string expected)
    {
        Span<Overlap> byOrder = stackalloc Overlap[characterOrder + wordOrder];
        Grams.Compare(answerCharacters, expectedCharacters, byOrder[..characterOrder]);
        if (wordOrder > 0)
        {
            Grams.Compare(SpacedWordKeys.Of(answer, ignoreCase), SpacedWordKeys.Of(expected, ignoreCase), byOrder[characterOrder..]);
        }

        return Mean(byOrder);
    }

    private double Mean(ReadOnlySpan<Overlap> byOrder)
    {
        double precision = 0,
            recall = 0;
        var orders = 0;
        foreach (var overlap in byOrder)
        {
            if (overlap.Answer > 0 && overlap.Expected > 0)
            {
                precision += overlap.Precision;
                recall += overlap.Recall;
                orders++;
            }
        }

        return orders == 0 ? 0 : Overlap.F(precision / orders, recall / orders, beta);
    }
}
