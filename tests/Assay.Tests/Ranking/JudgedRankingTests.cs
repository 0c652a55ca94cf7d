using System.Globalization;
using Assay.Ranking;

namespace Assay.Tests.Ranking;

public sealed class JudgedRankingTests
{
    // Random rankings of 3 to 14 documents with grades from -1 to 3, scored by an independent program in Python that follows trec_eval.
    [Theory]
    [InlineData("d3 d14 d10 d6 d7 d11 d9 d5 d1 d2 d4 d8", "d9=1 d3=0 d5=0 d6=0 d10=0 d2=1", 0.38162168437253385, 0.17142857142857143, 0.14285714285714285, 1.0)]
    [InlineData("d1 d4 d13 d10 d3 d11 d5 d8 d6 d7 d9 d2 d12 d14", "d8=-1 d2=0 d6=1 d3=0 d13=1 d4=3", 0.652109674353424, 0.5, 0.5, 1.0)]
    [InlineData("d7 d8 d13 d2 d12 d6 d11 d4 d1 d14 d3 d10 d9 d5", "d10=0 d11=0 d8=3 d7=-1 d5=0 d9=2", 0.44412286644879784, 0.3269230769230769, 0.5, 1.0)]
    [InlineData("d11 d9 d3 d7 d10 d13 d12 d5 d6 d14 d4 d1 d2 d8", "d5=1 d4=2 d14=-1 d1=1 d10=1 d7=0", 0.1971912734217725, 0.2640151515151515, 0.2, 1.0)]
    [InlineData("d10 d4 d3", "d14=0 d13=-1 d6=3 d2=1 d7=-1 d5=0", 0.0, 0.0, 0.0, 0.0)]
    [InlineData("d11 d12 d5 d1 d13 d8 d2 d7 d14 d3 d6 d10", "d11=2 d10=-1 d12=2 d8=3 d13=-1 d2=-1", 0.8229944305028294, 0.8333333333333334, 1.0, 1.0)]
    public void Another_program_scores_the_same(string ranking, string grades, double ndcg10, double map, double mrr10, double recall100)
    {
        var judged = grades
            .Split(' ')
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture));
        var scored = JudgedRanking.Of(ranking.Split(' '), judged).ShouldNotBeNull();
        scored.Ndcg(10).ShouldBe(ndcg10, 1e-14);
        scored.AveragePrecision().ShouldBe(map, 1e-14);
        scored.ReciprocalRank(10).ShouldBe(mrr10, 1e-14);
        scored.Recall(100).ShouldBe(recall100, 1e-14);
    }

    [Fact]
    public void Without_a_relevant_document_there_is_nothing_to_score()
    {
        JudgedRanking.Of([1.0], [0, -1, double.NaN]).ShouldBeNull();
        JudgedRanking.Of([], []).ShouldBeNull();
    }
}
