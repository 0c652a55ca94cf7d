namespace Assay.Rag.Reranking;

/// <summary>One thing the offline reranker looks at, and how much it counts.</summary>
/// <param name="Name">Its name in outputs.</param>
/// <param name="Weight">What one unit of it adds to a passage's score.</param>
/// <param name="Reason">Why it helps, and its source.</param>
internal sealed record RerankFeature(string Name, double Weight, string Reason)
{
    /// <summary>
    /// All features in the order of <see cref="PassageFeatures"/>. The weights are round, the same for every language and collection, and were chosen
    /// on collections other than those they were then scored on (docs/decisions/0005-how-weights-were-chosen.md).
    /// </summary>
    public static IReadOnlyList<RerankFeature> All { get; } =
    [
        new("fused", 1, "What the search stages found."),
        new("neighbours", 0.5, "Passages like this one score well too."),
        new("feedback", 0, "Words of the best passages."),
        new("window20", 5, "The query's words stand near each other."),
        new("lead", 2, "The query's words stand at the beginning."),
        new("title", 1, "The query's words stand in the title."),
        new("coverage", 0, "Share of the query's words."),
        new("pairs", 0, "Neighbouring words of the query are neighbours here."),
        new("near", 0, "Pairs of words by distance."),
        new("softbm", 0, "BM25 with similar words."),
        new("window8", 0, "Smaller window."),
        new("window40", 0, "Larger window."),
    ];
}
