using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>t_test</c>: Welch's and the pooled t test of two arms, given as values, generators or summaries, and Cohen's d.</summary>
internal static class TTestKind
{
    private delegate StatisticResult Test(in Moments control, in Moments treatment, double alpha, Alternative alternative);

    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (a, b) = inputs.Arms();
        var alpha = inputs.Alpha;
        return new AnswerGroup()
            .Add("n_a", () => Checking.Answer.Of(a.Value.Count))
            .Add("n_b", () => Checking.Answer.Of(b.Value.Count))
            .Add("mean_a", () => SampleAnswers.Mean(a.Value))
            .Add("mean_b", () => SampleAnswers.Mean(b.Value))
            .Add("sd_a", () => SampleAnswers.StandardDeviation(a.Value))
            .Add("sd_b", () => SampleAnswers.StandardDeviation(b.Value))
            .Add("diff_b_minus_a", () => SampleAnswers.Difference(a.Value, b.Value))
            .Add("welch", TestOf(WelchTest.Compare, a, b, alpha))
            .Add("pooled", TestOf(PooledTTest.Compare, a, b, alpha))
            .Add("cohens_d", new Lazy<StatisticResult>(() => CohensD.Between(a.Value, b.Value, alpha)), r => r.Estimate);
    }

    private static AnswerGroup TestOf(Test test, Lazy<Moments> a, Lazy<Moments> b, double alpha)
    {
        Lazy<StatisticResult> Of(Alternative alternative) => new(() => test(a.Value, b.Value, alpha, alternative));
        var twoSided = Of(Alternative.TwoSided);
        return new AnswerGroup()
            .AddDegenerate(twoSided)
            .Add("t", twoSided, r => r.Statistic)
            .Add("df", twoSided, r => r.DegreesOfFreedom)
            .Add("se", twoSided, r => r.StandardError)
            .AddP("p_two_sided", twoSided)
            .AddP("p_b_greater", Of(Alternative.Greater))
            .AddP("p_b_less", Of(Alternative.Less))
            .AddEnds(twoSided);
    }
}
