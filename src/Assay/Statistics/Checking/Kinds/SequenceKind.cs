using Assay.Statistics.Samples;
using Assay.Statistics.Sequential;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>sequential_asymptotic_cs</c>: an always-valid confidence sequence of a difference of means, with its p-value.</summary>
internal static class SequenceKind
{
    // As MeanConfidenceSequence has it.
    private const long DefaultTuning = 5000;

    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (a, b) = (Arm(inputs, "a"), Arm(inputs, "b"));
        var (alpha, tuning) = (inputs.Alpha, inputs.Has("tuning_n") ? inputs.Count("tuning_n") : DefaultTuning);
        var sequence = new Lazy<StatisticResult>(() => MeanConfidenceSequence.Compare(a.Value, b.Value, alpha, tuning));
        return new AnswerGroup()
            .AddDegenerate(sequence)
            .Add("diff_b_minus_a", () => SampleAnswers.Difference(a.Value, b.Value))
            .Add("rho", () => Checking.Answer.Of(Math.Sqrt(NormalMixture.Tuned(alpha, tuning).RhoSquared)))
            .Add("halfwidth", sequence, r => (r.Interval?.High - r.Interval?.Low) / 2)
            .AddEnds(sequence)
            .AddP("p_always_valid", sequence)
            .Add("log10_p", sequence, r => r.P?.Log10);
    }

    private static Lazy<Moments> Arm(CaseInputs inputs, string arm)
    {
        var (n, mean, variance) = (inputs.Count($"n_{arm}"), inputs.Number($"mean_{arm}"), inputs.Number($"var_{arm}"));
        return new(() => Moments.FromSummary(n, mean, Math.Sqrt(variance)));
    }
}
