using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>ratio_delta</c>: a ratio of means with its variance by the delta method.</summary>
internal static class RatioMetricKind
{
    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (numerator, denominator, alpha) = (inputs.Sample("numerator"), inputs.Sample("denominator"), inputs.Alpha);
        var ratio = new Lazy<StatisticResult>(() => RatioMetric.Of(PairMoments.Of(numerator.Values, denominator.Values), alpha));
        return new AnswerGroup()
            .AddDegenerate(ratio)
            .Add("ratio", ratio, r => r.Estimate)
            .Add("variance_of_ratio", ratio, r => r.StandardError * r.StandardError)
            .Add("se", ratio, r => r.StandardError)
            .AddEnds(ratio);
    }
}
