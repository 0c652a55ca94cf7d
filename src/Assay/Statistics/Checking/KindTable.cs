using Assay.Statistics.Checking.Kinds;

namespace Assay.Statistics.Checking;

/// <summary>Every kind of case that is known, and what answers it.</summary>
internal static class KindTable
{
    private static readonly Dictionary<string, Func<CaseInputs, AnswerGroup>> Kinds = new(StringComparer.Ordinal)
    {
        ["t_test"] = TTestKind.Answer,
        ["mean_ci"] = MeanIntervalKind.Answer,
        ["chi2_contingency"] = ContingencyKind.Answer,
        ["srm_chi2_gof"] = SampleRatioKind.Answer,
        ["two_proportion_z"] = TwoRatesKind.Answer,
        ["power_t"] = MeanPlanKind.Answer,
        ["power_proportions"] = RatePlanKind.Answer,
        ["mann_whitney"] = RankKind.Answer,
        ["multiple_testing"] = CorrectionKind.Answer,
        ["ratio_delta"] = RatioMetricKind.Answer,
        ["cuped"] = CupedKind.Answer,
        ["sequential_asymptotic_cs"] = SequenceKind.Answer,
        ["quantile"] = SampleQuantileKind.Answer,
        ["distribution"] = DistributionKind.Answer,
        ["univariate"] = UnivariateKind.Answer,
    };

    public static IEnumerable<string> Names => Kinds.Keys;

    /// <summary>Reads the inputs of a case of this kind and gives the answers; null when the kind is unknown.</summary>
    public static Func<CaseInputs, AnswerGroup>? Find(string kind) => Kinds.GetValueOrDefault(kind);
}
