using Assay.Statistics.Tables;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>chi2_contingency</c>: the χ² test of independence with and without Yates' correction, Cramér's V, Fisher's exact test.</summary>
internal static class ContingencyKind
{
    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var table = inputs.Table("table");
        return new AnswerGroup()
            .Add("no_correction", TestOf(table, yates: false))
            .Add("yates", TestOf(table, yates: true))
            .Add("expected_counts", () => Rows(ChiSquareTest.ExpectedCounts(table)))
            .Add("cramers_v", new Lazy<StatisticResult>(() => CramersV.Of(table)), r => r.Estimate)
            .AddP("fisher_exact_p_two_sided", new(() => FisherExactTest.Test(table)));
    }

    private static AnswerGroup TestOf(long[,] table, bool yates)
    {
        var test = new Lazy<StatisticResult>(() => ChiSquareTest.Independence(table, yates));
        return new AnswerGroup().AddDegenerate(test).Add("chi2", test, r => r.Statistic).Add("df", test, r => r.DegreesOfFreedom).AddP("p", test);
    }

    private static ListAnswer Rows(double[,] values) =>
        new([.. Enumerable.Range(0, values.GetLength(0)).Select(i => Checking.Answer.Of(Enumerable.Range(0, values.GetLength(1)).Select(j => values[i, j])))]);
}
