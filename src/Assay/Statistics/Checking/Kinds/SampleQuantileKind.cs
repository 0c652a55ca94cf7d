using Assay.Statistics.Samples;

namespace Assay.Statistics.Checking.Kinds;

/// <summary><c>quantile</c>: quantiles of a sample by two definitions.</summary>
internal static class SampleQuantileKind
{
    public static AnswerGroup Answer(CaseInputs inputs)
    {
        var (x, shares) = (inputs.Sample("x"), inputs.Numbers("q"));
        var sample = new Lazy<OrderedSample>(() => OrderedSample.Of(x.Values));
        return new AnswerGroup()
            .Add("type7", () => Quantiles(sample.Value, shares, QuantileKind.Linear))
            .Add("inverted_cdf", () => Quantiles(sample.Value, shares, QuantileKind.InvertedCdf));
    }

    private static Answer Quantiles(OrderedSample sample, double[] shares, QuantileKind kind) =>
        sample.NotFinite > 0
            ? new AbsentAnswer($"{sample.NotFinite} values are not finite")
            : new ListAnswer([.. shares.Select(q => Checking.Answer.Of(sample.Quantile(q, kind)))]);
}
