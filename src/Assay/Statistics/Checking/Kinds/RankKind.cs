using Assay.Statistics.Ranks;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>mann_whitney</c>: U of both arms, its p-values, the common-language effect and the Hodges-Lehmann shift.</summary>
internal static class RankKind
{
    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (a, b, alpha) = (inputs.Sample("a"), inputs.Sample("b"), inputs.Alpha);
        Lazy<StatisticResult> Asymptotic(bool continuity, Alternative alternative = Alternative.TwoSided) =>
            new(() => MannWhitneyTest.Asymptotic(a.Values, b.Values, alpha, alternative, continuity));
        Lazy<StatisticResult> Exact(Alternative alternative = Alternative.TwoSided) => new(() => MannWhitneyTest.Exact(a.Values, b.Values, alpha, alternative));
        return new AnswerGroup()
            .AddDegenerate(Asymptotic(continuity: true))
            .Add("u_b", () => Wins(a, b))
            .Add("u_a", () => Wins(b, a))
            .AddP("p_asymptotic_cc_tie", Asymptotic(continuity: true))
            .AddP("p_asymptotic_nocc_tie", Asymptotic(continuity: false))
            .AddP("p_b_greater_asymptotic_cc", Asymptotic(continuity: true, Alternative.Greater))
            .AddP("p_b_less_asymptotic_cc", Asymptotic(continuity: true, Alternative.Less))
            .AddP("p_b_greater_asymptotic_nocc", Asymptotic(continuity: false, Alternative.Greater))
            .AddP("p_b_less_asymptotic_nocc", Asymptotic(continuity: false, Alternative.Less))
            .AddP("p_exact", Exact())
            .AddP("p_b_greater_exact", Exact(Alternative.Greater))
            .AddP("p_b_less_exact", Exact(Alternative.Less))
            .Add("cles_p_b_gt_a", new Lazy<StatisticResult>(() => CommonLanguageEffect.Of(a.Values, b.Values, alpha)), r => r.Estimate)
            .Add("hodges_lehmann_b_minus_a", new Lazy<StatisticResult>(() => HodgesLehmann.Shift(a.Values, b.Values, alpha)), r => r.Estimate);
    }

    /// <summary>U, which exists for arms that carry no test too.</summary>
    private static Answer Wins(CaseSample control, CaseSample treatment) =>
        UnusableValues.InArms(control.Values, treatment.Values) is { } reason
            ? new AbsentAnswer(reason)
            : Checking.Answer.Of(RankSum.Of(new SortedArms(control.Values, treatment.Values)).U);
}
