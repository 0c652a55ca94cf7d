namespace Assay.Rag.Reranking;

/// <summary>One thing the offline reranker looks at, and how much it counts.</summary>
/// <param name="Name">Its name in outputs.</param>
/// <param name="Weight">What one unit of it adds to a passage's score.</param>
/// <param name="Reason">Why it helps, and its source.</param>
internal sealed record RerankFeature(string Name, double Weight, string Reason)
{
    public const int Fused = 0;
    public const int Neighbours = 1;
    public const int Window = 2;
    public const int Lead = 3;
    public const int Title = 4;
    public const int Answer = 5;
    public const int Number = 6;

    /// <summary>
    /// All features, each at the place that its constant names. The weights are round, the same for every language and collection; how they were chosen,
    /// and how they do on collections they were not chosen on: docs/decisions/0005-how-weights-were-chosen.md.
    /// </summary>
    public static IReadOnlyList<RerankFeature> All { get; } =
    [
        new("fused", 1, "What the search stages found: the fused score, in standard deviations."),
        new(
            "neighbours",
            1,
            "Passages like this one score well too: the weighted mean fused score of its neighbours (Diaz: Regularizing ad hoc retrieval scores, 2005), "
                + "the less the more of the query's words stand together in the passage itself."
        ),
        new(
            "window",
            8,
            "The query's words stand together: the largest share of them, weighed by idf, within 20 words (Tao, Zhai: An exploration of proximity measures, 2007)."
        ),
        new("lead", 2, "The passage begins with the matter: the share of the query's words within the first 40 words, title included."),
        new("title", 3, "The title is about it: the share of the query's words in the title field."),
        new("answer", 6, "A question is answered in one sentence: the window's share once more where the query is a question."),
        new("number", 3, "A question for a number or a date is answered where one stands by its words: the window's share where a number is near."),
    ];
}
