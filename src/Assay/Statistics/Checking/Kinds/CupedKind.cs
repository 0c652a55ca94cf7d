using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>cuped</c>: a difference of means adjusted for values from before the experiment.</summary>
internal static class CupedKind
{
    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (preA, postA, preB, postB) = (inputs.Sample("pre_a"), inputs.Sample("post_a"), inputs.Sample("pre_b"), inputs.Sample("post_b"));
        var alpha = inputs.Alpha;
        Lazy<CupedResult> Of(Alternative alternative) =>
            new(() => Cuped.Compare(PairMoments.Of(preA.Values, postA.Values), PairMoments.Of(preB.Values, postB.Values), alpha, alternative));
        Lazy<StatisticResult> Difference(Alternative alternative) => new(() => Of(alternative).Value.Difference);
        var adjusted = Of(Alternative.TwoSided);
        var difference = new Lazy<StatisticResult>(() => adjusted.Value.Difference);
        return new AnswerGroup()
            .AddDegenerate(difference)
            .Add("theta", () => Checking.Answer.Of(adjusted.Value.Theta))
            .Add("variance_reduction", () => Checking.Answer.Of(adjusted.Value.VarianceReduction))
            .Add("adj_diff_b_minus_a", difference, r => r.Estimate)
            .Add("adj_se", difference, r => r.StandardError)
            .Add("t", difference, r => r.Statistic)
            .Add("df", difference, r => r.DegreesOfFreedom)
            .AddP("p_two_sided", difference)
            .AddP("p_b_greater", Difference(Alternative.Greater))
            .AddP("p_b_less", Difference(Alternative.Less))
            .AddEnds(difference);
    }
}
