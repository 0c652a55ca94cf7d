namespace Assay.Evaluation.Metrics.Overlaps;

/// <summary>What ROUGE metrics have in common: how words are compared, and which number is reported.</summary>
/// <param name="Statistic"><c>f1</c>, <c>precision</c> or <c>recall</c>.</param>
/// <param name="Stem">Whether words are compared by their stems.</param>
internal sealed record RougeScore(string Statistic, bool Stem)
{
    /// <summary>What an entry asks for: F1 over stems unless it says otherwise.</summary>
    public static RougeScore Of(MetricEntry entry) => new(entry.OneOf("statistic", entry.Statistic, "f1", "precision", "recall"), entry.Stem ?? true);

    /// <summary>The number of an overlap.</summary>
    public double Of(Overlap overlap) =>
        Statistic switch
        {
            "precision" => overlap.Precision,
            "recall" => overlap.Recall,
            _ => Overlap.F(overlap.Precision, overlap.Recall, beta: 1),
        };
}
