using Assay.Statistics.Planning;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>power_proportions</c>: size or power of a test of two rates, by three approximations; whichever is null is asked for.</summary>
internal static class RatePlanKind
{
    private static readonly (string Name, RatePowerMethod Method)[] Methods =
    [
        ("arcsine", RatePowerMethod.Arcsine),
        ("unpooled", RatePowerMethod.Unpooled),
        ("pooled_null", RatePowerMethod.PooledNull),
    ];

    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (pA, pB, alpha, alternative) = (inputs.Number("p_a"), inputs.Number("p_b"), inputs.Alpha, inputs.Alternative);
        var ratio = inputs.OptionalNumber("ratio_b_over_a") ?? 1;
        var (size, power) = (inputs.OptionalNumber("nobs_a"), inputs.OptionalNumber("power"));
        var lift = pB - pA;
        var group = new AnswerGroup().Add("cohens_h", () => Checking.Answer.Of(new RateDesign(pA, ratio, RatePowerMethod.Arcsine).CohensH(lift)));
        foreach (var (name, method) in Methods)
        {
            switch (size, power)
            {
                case (null, { } share):
                    AddSize(group, $"n_a_{name}", new(() => RatePower.SampleSize(pA, lift, alpha, share, ratio, method, alternative)));
                    break;
                case ({ } n, null):
                    AddPower(group, $"power_{name}", new(() => RatePower.Power(pA, lift, n, alpha, ratio, method, alternative)));
                    break;
                default:
                    throw new MalformedCaseException("inputs: of nobs_a and power exactly one is null");
            }
        }

        return group;
    }

    private static void AddSize(AnswerGroup group, string name, Lazy<StatisticResult> plan) =>
        group.Add(name, () => PlanAnswers.From(plan.Value, p => p.ControlSize)).Add($"{name}_ceil", () => PlanAnswers.From(plan.Value, p => p.ControlN));

    // The suffix names the tool whose formula the reference took; it is the same.
    private static void AddPower(AnswerGroup group, string name, Lazy<StatisticResult> plan) =>
        group.Add(name, () => PlanAnswers.From(plan.Value, p => p.Power)).Add($"{name}_statsmodels", () => PlanAnswers.From(plan.Value, p => p.Power));
}
