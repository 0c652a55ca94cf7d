using Assay.Statistics.Rates;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>two_proportion_z</c>: the pooled z test of two rates, the intervals of their difference, and of each rate.</summary>
internal static class TwoRatesKind
{
    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (xA, nA, xB, nB) = (inputs.Count("x_a"), inputs.Count("n_a"), inputs.Count("x_b"), inputs.Count("n_b"));
        var alpha = inputs.Alpha;
        Lazy<StatisticResult> Of(Alternative alternative) => new(() => RateDifference.Compare(xA, nA, xB, nB, alpha, alternative));
        var twoSided = Of(Alternative.TwoSided);
        var newcombe = new Lazy<StatisticResult>(() => RateDifference.Newcombe(xA, nA, xB, nB, alpha));
        return new AnswerGroup()
            .AddDegenerate(twoSided)
            .Add("diff_b_minus_a", newcombe, r => r.Estimate)
            .Add("z_pooled", twoSided, r => r.Statistic)
            .AddP("p_two_sided", twoSided)
            .AddP("p_b_greater", Of(Alternative.Greater))
            .AddP("p_b_less", Of(Alternative.Less))
            .Add("ci_wald", new(() => RateDifference.Wald(xA, nA, xB, nB, alpha)), r => Checking.Answer.Of(r.Interval))
            .Add("ci_newcombe", newcombe, r => Checking.Answer.Of(r.Interval))
            .Add("ci_agresti_caffo", new(() => RateDifference.AgrestiCaffo(xA, nA, xB, nB, alpha)), r => Checking.Answer.Of(r.Interval))
            .AddRate("a", xA, nA, alpha)
            .AddRate("b", xB, nB, alpha);
    }

    private static AnswerGroup AddRate(this AnswerGroup group, string arm, long successes, long trials, double alpha)
    {
        var wilson = new Lazy<StatisticResult>(() => RateInterval.Wilson(successes, trials, alpha));
        var exact = new Lazy<StatisticResult>(() => RateInterval.ClopperPearson(successes, trials, alpha));
        return group
            .Add($"p_{arm}", wilson, r => r.Estimate)
            .Add($"{arm}_wilson", wilson, r => Checking.Answer.Of(r.Interval))
            .Add($"{arm}_clopper_pearson", exact, r => ExactEnds(r.Interval!.Value, successes, trials));
    }

    // At no success the lower end is 0 and at no failure the upper end is 1; some references leave these ends open.
    private static ListAnswer ExactEnds(Interval interval, long successes, long trials) =>
        new([new NumberAnswer(interval.Low!.Value, OrNothing: successes == 0), new NumberAnswer(interval.High!.Value, OrNothing: successes == trials)]);
}
