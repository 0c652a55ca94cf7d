using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>mean_ci</c>: a mean with its t interval.</summary>
internal static class MeanIntervalKind
{
    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (x, alpha) = (inputs.Sample("x"), inputs.Alpha);
        var moments = new Lazy<Moments>(x.ToMoments);
        var interval = new Lazy<StatisticResult>(() => MeanInterval.Of(moments.Value, alpha));
        return new AnswerGroup()
            .AddDegenerate(interval)
            .Add("n", () => Checking.Answer.Of(moments.Value.Count))
            .Add("mean", () => SampleAnswers.Mean(moments.Value))
            .Add("sd", () => SampleAnswers.StandardDeviation(moments.Value))
            .Add("se", interval, r => r.StandardError)
            .AddEnds(interval);
    }
}
