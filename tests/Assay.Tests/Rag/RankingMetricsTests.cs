using Assay.Rag.Judgements;

namespace Assay.Tests.Rag;

/// <summary>The measures against values worked out by hand from their definitions.</summary>
public sealed class RankingMetricsTests
{
    private const double Exact = 1e-12;

    private static readonly Dictionary<string, int> Grades = new()
    {
        ["a"] = 2,
        ["b"] = 1,
        ["c"] = 1,
        ["known"] = -1,
        ["zero"] = 0,
    };

    [Fact]
    public void A_ranking_is_scored_as_by_hand()
    {
        // Gains 0 1 0 2 at ranks 1 to 4; the ideal order has 2 1 1.
        var metrics = RankingMetrics.Of(["known", "b", "x", "a"], Grades, residual: false).ShouldNotBeNull();
        var gain = (1 / Math.Log2(3)) + (2 / Math.Log2(5));
        var ideal = 2 + (1 / Math.Log2(3)) + (1 / Math.Log2(4));
        metrics.Ndcg10.ShouldBe(gain / ideal, Exact);
        metrics.AveragePrecision.ShouldBe(((1 / 2.0) + (2 / 4.0)) / 3, Exact);
        metrics.Recall100.ShouldBe(2 / 3.0, Exact);
        metrics.ReciprocalRank10.ShouldBe(1 / 2.0, Exact);
        metrics.PrecisionAt1.ShouldBe(0);
    }

    [Fact]
    public void In_the_residual_ranking_documents_judged_below_0_are_not_there()
    {
        var metrics = RankingMetrics.Of(["known", "b", "x", "a"], Grades, residual: true).ShouldNotBeNull();
        var gain = 1 + (2 / Math.Log2(4));
        var ideal = 2 + (1 / Math.Log2(3)) + (1 / Math.Log2(4));
        metrics.Ndcg10.ShouldBe(gain / ideal, Exact);
        metrics.AveragePrecision.ShouldBe(((1 / 1.0) + (2 / 3.0)) / 3, Exact);
        metrics.ReciprocalRank10.ShouldBe(1);
        metrics.PrecisionAt1.ShouldBe(1);
    }

    [Fact]
    public void The_ideal_order_scores_1_and_an_empty_one_0()
    {
        var ideal = RankingMetrics.Of(["a", "b", "c", "x"], Grades, residual: false).ShouldNotBeNull();
        (ideal.Ndcg10, ideal.AveragePrecision, ideal.Recall100, ideal.ReciprocalRank10, ideal.PrecisionAt1).ShouldBe((1.0, 1.0, 1.0, 1.0, 1.0));
        var empty = RankingMetrics.Of([], Grades, residual: false).ShouldNotBeNull();
        (empty.Ndcg10, empty.AveragePrecision, empty.Recall100, empty.ReciprocalRank10, empty.PrecisionAt1).ShouldBe((0.0, 0.0, 0.0, 0.0, 0.0));
    }

    [Fact]
    public void Each_measure_stops_at_its_own_depth()
    {
        var eleventh = RankingMetrics.Of([.. Fillers(10), "a"], Grades, residual: false).ShouldNotBeNull();
        (eleventh.Ndcg10, eleventh.ReciprocalRank10).ShouldBe((0.0, 0.0));
        eleventh.AveragePrecision.ShouldBe(1 / 11.0 / 3, Exact);
        eleventh.Recall100.ShouldBe(1 / 3.0, Exact);
        RankingMetrics.Of([.. Fillers(100), "a"], Grades, residual: false).ShouldNotBeNull().Recall100.ShouldBe(0);
    }

    [Fact]
    public void A_query_without_a_relevant_document_is_not_scored() =>
        RankingMetrics.Of(["a"], new Dictionary<string, int> { ["a"] = 0, ["b"] = -1 }, residual: false).ShouldBeNull();

    [Fact]
    public void The_mean_is_taken_over_queries()
    {
        var mean = RankingMetrics.Mean([new RankingMetrics(1, 1, 1, 1, 1), new RankingMetrics(0, 0.5, 0.25, 0.5, 0)]);
        mean.ShouldBe(new RankingMetrics(0.5, 0.75, 0.625, 0.75, 0.5));
    }

    private static IEnumerable<string> Fillers(int count) => Enumerable.Range(0, count).Select(i => $"filler{i}");
}
