using Assay.Statistics.Means;
using Assay.Statistics.Ranks;
using Assay.Statistics.Rates;
using Assay.Statistics.Resampling;
using Assay.Statistics.Samples;
using Assay.Statistics.Tables;

namespace Assay.Tests.Statistics.Simulations;

/// <summary>The tests that are simulated on two arms without a difference.</summary>
internal static class TestMethods
{
    public static IReadOnlyList<TestMethod> OfValues { get; } =
    [
        new("Welch", d => WelchTest.Compare(Moments.Of(d.Control), Moments.Of(d.Treatment))),
        new("pooled t", d => PooledTTest.Compare(Moments.Of(d.Control), Moments.Of(d.Treatment))),
        new("paired t", d => PairedTTest.Compare(d.Control, d.Treatment)),
        new("Mann-Whitney", d => MannWhitneyTest.Compare(d.Control, d.Treatment)),
        new("Spearman", d => SpearmanCorrelation.Of(d.Control, d.Treatment)),
    ];

    /// <summary>Slow ones, with fewer draws than by default.</summary>
    public static IReadOnlyList<TestMethod> ByDraws { get; } =
    [
        new("permutation", d => PermutationTest.Compare(d.Control, d.Treatment, draws: 199)),
        new("sign-flip", d => SignFlipTest.Compare([.. d.Treatment.Zip(d.Control, (t, c) => t - c)], draws: 199)),
    ];

    /// <summary>For values that are 0 or 1.</summary>
    public static IReadOnlyList<TestMethod> OfRates { get; } =
    [
        new("two proportions, pooled z", d => RateDifference.Compare(Sum(d.Control), d.Size, Sum(d.Treatment), d.Size)),
        new("χ²", d => ChiSquareTest.Independence(Table(d))),
        new("χ² with Yates", d => ChiSquareTest.Independence(Table(d), yates: true)),
        new("Fisher", d => FisherExactTest.Test(Table(d))),
        new("McNemar, exact", d => McNemarTest.Test(Only(d.Control, d.Treatment), Only(d.Treatment, d.Control), d.Size)),
    ];

    /// <summary>Intervals of rates, one arm and the difference of two.</summary>
    public static IReadOnlyList<IntervalMethod> RateIntervals { get; } =
    [
        new("Clopper-Pearson", d => RateInterval.ClopperPearson(Sum(d.Control), d.Size), p => p.Mean),
        new("Wilson", d => RateInterval.Wilson(Sum(d.Control), d.Size), p => p.Mean),
        new("Newcombe", d => RateDifference.Newcombe(Sum(d.Control), d.Size, Sum(d.Treatment), d.Size), _ => 0),
        new("Agresti-Caffo", d => RateDifference.AgrestiCaffo(Sum(d.Control), d.Size, Sum(d.Treatment), d.Size), _ => 0),
        new("Wald", d => RateDifference.Wald(Sum(d.Control), d.Size, Sum(d.Treatment), d.Size), _ => 0),
    ];

    private static long Sum(double[] values) => values.LongCount(v => v > 0);

    private static long Only(double[] yes, double[] no) => yes.Zip(no, (y, n) => y > n).LongCount(only => only);

    private static long[,] Table(Draw d)
    {
        var (control, treatment) = (Sum(d.Control), Sum(d.Treatment));
        return new[,]
        {
            { control, d.Size - control },
            { treatment, d.Size - treatment },
        };
    }
}
