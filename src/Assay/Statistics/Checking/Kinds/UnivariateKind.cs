using Assay.Statistics.Samples;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>univariate</c>: one sample's mean, standard deviation and lag-1 autocorrelation, as the NIST StRD data sets certify them.</summary>
internal static class UnivariateKind
{
    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var x = inputs.Sample("x");
        var moments = new Lazy<Moments>(x.ToMoments);
        return new AnswerGroup()
            .Add("n", () => Checking.Answer.Of(moments.Value.Count))
            .Add("mean", () => SampleAnswers.Mean(moments.Value))
            .Add("sd", () => SampleAnswers.StandardDeviation(moments.Value))
            .Add("variance", () => SampleAnswers.Variance(moments.Value))
            .Add("lag1_autocorrelation", new Lazy<StatisticResult>(() => Autocorrelation.Lag1(x.Values)), r => r.Estimate);
    }
}
