namespace Assay.Benchmarks.Sparse;

/// <summary>What the rounds say, against the goals. The peer of every goal is Lucene.</summary>
internal static class SparseFigures
{
    private const double LeastSpeedUp = 5;
    private const double LeastIndexing = 1;
    private const double MostSize = 1.5;

    public static List<Figure> Of(string collection, int documents, IReadOnlyList<Timed> engines)
    {
        var lucene = engines.FirstOrDefault(e => e.Engine is LucenePeer);
        var ours = engines[0];
        return
        [
            Figure("text to hits, k = 10", "queries/s", e => e.QueriesPerSecond, r => Goal.AtLeast("≥ 5 × Lucene's", r, LeastSpeedUp)),
            Figure("texts to closed index", "documents/s", e => documents / e.IndexSeconds, r => Goal.AtLeast("≥ Lucene's", r, LeastIndexing)),
            Figure("index on disk", "KiB", e => e.Bytes / 1024.0, r => Goal.AtMost("≤ 1.5 × Lucene's", r, MostSize)),
        ];

        Figure Figure(string what, string unit, Func<Timed, double> value, Func<double, Goal> goal) =>
            new(
                $"{what} ({collection})",
                unit,
                [.. engines.Select(e => new Reading(e.Engine.Name, value(e)))],
                lucene is null ? null : goal(value(ours) / value(lucene))
            );
    }
}
