using Assay.Statistics.Samples;

namespace Assay.Statistics.Checking.Kinds;

/// <summary>Mean and spread of a sample, absent where the values do not carry them.</summary>
internal static class SampleAnswers
{
    public static Answer Mean(in Moments sample) => Carries(sample, values: 1) ?? Answer.Of(sample.Mean);

    public static Answer StandardDeviation(in Moments sample) => Carries(sample, values: 2) ?? Answer.Of(sample.StandardDeviation);

    public static Answer Variance(in Moments sample) => Carries(sample, values: 2) ?? Answer.Of(sample.Variance);

    public static Answer Difference(in Moments a, in Moments b) => Carries(a, values: 1) ?? Carries(b, values: 1) ?? Answer.Of(Moments.DifferenceOfMeans(a, b));

    /// <summary>Null when there are at least so many values and all are finite; else why there is no answer.</summary>
    public static AbsentAnswer? Carries(in Moments sample, int values) =>
        sample.NotFinite > 0 ? new AbsentAnswer($"{sample.NotFinite} values are not finite")
        : sample.Count < values ? new AbsentAnswer($"there are {sample.Count} values, {values} are needed")
        : null;
}
