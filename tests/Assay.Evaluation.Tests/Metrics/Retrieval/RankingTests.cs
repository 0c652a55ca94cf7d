using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;

namespace Assay.Evaluation.Tests.Metrics.Retrieval;

public sealed class RankingTests
{
    private static readonly Case Asked = new("1", "?")
    {
        Relevant = new Dictionary<string, double>
        {
            ["a"] = 2,
            ["b"] = 1,
            ["c"] = 1,
            ["x"] = 0,
            ["known"] = -1,
        },
    };

    // nDCG: gains 1, 0, 2 at ranks 2 to 4 over the ideal 2, 1, 1, by the formula of Järvelin and Kekäläinen (2002) with log2(rank + 1).
    [Theory]
    [InlineData("ndcg", "known b x a", (1 / 1.5849625007211562 + 2 / 2.321928094887362) / (2 + 1 / 1.5849625007211562 + 1 / 2.0))]
    [InlineData("map", "known b x a", (1.0 / 2 + 2.0 / 4) / 3)]
    [InlineData("mrr", "known b x a", 1.0 / 2)]
    [InlineData("recall", "known b x a", 2.0 / 3)]
    [InlineData("ndcg", "a b c", 1)]
    [InlineData("map", "a b c", 1)]
    [InlineData("mrr", "a b c", 1)]
    [InlineData("recall", "a b c", 1)]
    [InlineData("ndcg", "", 0)]
    [InlineData("map", "z", 0)]
    [InlineData("mrr", "z", 0)]
    [InlineData("recall", "", 0)]
    [InlineData("recall", "a a a a", 1.0 / 3)]
    [InlineData("map", "a a b", (1 + 2.0 / 2) / 3)]
    public void Rankings_are_scored(string kind, string ranking, double score)
    {
        Score(kind, ranking).ShouldBe(score, 1e-12);
    }

    [Theory]
    [InlineData("{kind: ndcg, k: 1}", "b a", 0.5)]
    [InlineData("{kind: map, k: 1}", "b a", 1.0 / 3)]
    [InlineData("{kind: mrr, k: 1}", "z a", 0)]
    [InlineData("{kind: recall, k: 1}", "b a", 1.0 / 3)]
    public void Only_the_first_k_count(string yaml, string ranking, double score)
    {
        Metric.Of(yaml).Measure(Asked, Ranked(ranking)).ShouldBeOfType<Measurement.Value>().Score.ShouldBe(score, 1e-12);
    }

    [Theory]
    [InlineData("ndcg")]
    [InlineData("map")]
    [InlineData("mrr")]
    [InlineData("recall")]
    public void A_case_without_a_relevant_document_is_not_measured(string kind)
    {
        var unjudged = new Case("1", "?") { Relevant = new Dictionary<string, double> { ["x"] = 0 } };
        Metric.Of($"kind: {kind}").Measure(unjudged, Ranked("x")).ShouldBeOfType<Measurement.NotApplicable>();
    }

    private static double Score(string kind, string ranking) =>
        Metric.Of($"kind: {kind}").Measure(Asked, Ranked(ranking)).ShouldBeOfType<Measurement.Value>().Score;

    private static Answer Ranked(string ranking) => new("", "test") { RetrievedIds = ranking.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
}
