using Assay.Statistics.Planning;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>power_t</c>: size, power or detectable effect of a two-sample t test; whichever is null is asked for.</summary>
internal static class MeanPlanKind
{
    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (effect, size, power) = (inputs.OptionalNumber("effect_size_d"), inputs.OptionalNumber("nobs_a"), inputs.OptionalNumber("power"));
        var (alpha, ratio, alternative) = (inputs.Alpha, inputs.OptionalNumber("ratio_b_over_a") ?? 1, inputs.Alternative);
        return (effect, size, power) switch
        {
            ({ } d, null, { } share) => PlanAnswers.Sizes(new(() => MeanPower.SampleSize(d, alpha, share, ratio, alternative)), "nobs_a", ratio),
            ({ } d, { } n, null) => PlanAnswers.Number("power", new(() => MeanPower.Power(d, n, alpha, ratio, alternative)), p => p.Power),
            (null, { } n, { } share) => Effect(new(() => MeanPower.DetectableEffect(n, alpha, share, ratio, alternative))),
            _ => throw new MalformedCaseException("inputs: of effect_size_d, nobs_a and power exactly one is null"),
        };
    }

    private static AnswerGroup Effect(Lazy<StatisticResult> plan) =>
        PlanAnswers.Number("effect_size", plan, p => p.Effect).Add("effect_size_d", () => PlanAnswers.From(plan.Value, p => p.Effect));
}
