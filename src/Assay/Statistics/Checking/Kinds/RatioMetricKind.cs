using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>ratio_delta</c>: a ratio of means with its variance by the delta method.</summary>
internal static class RatioMetricKind
{
    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (numerator, denominator, alpha) = (inputs.Sample("numerator"), inputs.Sample("denominator"), inputs.Alpha);
        var units = new Lazy<PairMoments>(() => PairMoments.Of(numerator.Values, denominator.Values));
        var ratio = new Lazy<StatisticResult>(() => RatioMetric.Of(units.Value, alpha));
        return new AnswerGroup()
            .AddDegenerate(ratio)
            .Add("ratio", () => ratio.Value is Computed computed ? Checking.Answer.Of(computed.Estimate) : WithoutVariance(units.Value))
            .Add("variance_of_ratio", ratio, r => r.StandardError * r.StandardError)
            .Add("se", ratio, r => r.StandardError)
            .AddEnds(ratio);
    }

    /// <summary>The ratio of the means, which exists for one unit and for ratios that do not vary too.</summary>
    private static Answer WithoutVariance(in PairMoments units) => SampleAnswers.Carries(units.X, values: 1) ?? Checking.Answer.Of(units.X.Mean / units.Y.Mean);
}
