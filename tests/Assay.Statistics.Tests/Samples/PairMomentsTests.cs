using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Samples;

public sealed class PairMomentsTests
{
    private static readonly double[] X = [2, 1, 4, 3, 7];
    private static readonly double[] Y = [1, 3, 2, 5, 8];

    /// <summary>Expected: mpmath, 60 digits.</summary>
    [Fact]
    public void Five_pairs_have_their_covariance()
    {
        var pairs = PairMoments.Of(X, Y);

        (pairs.Count, pairs.NotFinite).ShouldBe((5, 0));
        pairs.X.ShouldBe(Moments.Of(X));
        pairs.Y.ShouldBe(Moments.Of(Y));
        pairs.CoMoment!.Value.ShouldBe(19.4, 1e-15);
        pairs.Covariance!.Value.ShouldBe(4.85, 1e-15);
        pairs.Correlation!.Value.ShouldBe(0.75920391894505782889, 2e-16);
    }

    /// <summary>Both means lie a third of the way between two neighbours: −4/3 · 2/3 twice, and 2/3 · 2/3.</summary>
    [Fact]
    public void Values_one_bit_apart_have_their_covariance() =>
        PairMoments.Of([1e16, 1e16 + 2, 1e16 + 2], [1e16 + 2, 1e16, 1e16 + 2]).CoMoment!.Value.ShouldBe(-4.0 / 3, 1e-15);

    [Fact]
    public void No_pairs_have_no_figures()
    {
        var pairs = PairMoments.Of([], []);

        pairs.ShouldBe(default);
        (pairs.Count, pairs.Covariance, pairs.Correlation).ShouldBe((0, 0, null));
    }

    [Fact]
    public void One_pair_has_no_covariance() => (PairMoments.Of([3], [4]).Covariance, PairMoments.Of([3], [4]).Correlation).ShouldBe((0, null));

    [Fact]
    public void Two_pairs_have_a_covariance() => (PairMoments.Of([3, 5], [4, 1]).Covariance, PairMoments.Of([3, 5], [4, 1]).Correlation).ShouldBe((-3, -1));

    [Fact]
    public void A_measure_without_variance_has_no_correlation()
    {
        PairMoments.Of([1, 2, 3], [5, 5, 5]).Correlation.ShouldBeNull();
        PairMoments.Of([5, 5, 5], [1, 2, 3]).Correlation.ShouldBeNull();
        PairMoments.Of([5, 5, 5], [1, 2, 3]).Covariance.ShouldBe(0);
    }

    [Fact]
    public void A_line_has_correlation_1_and_never_more()
    {
        var x = MomentsTests.Fractions(3001);
        foreach (var slope in (double[])[0.1, 3, -0.7])
        {
            var correlation = PairMoments.Of(x, [.. x.Select(value => slope * value)]).Correlation!.Value;

            correlation.ShouldBe(Math.Sign(slope), 1e-15);
            Math.Abs(correlation).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1024)]
    [InlineData(1500)]
    [InlineData(3000)]
    public void Any_partition_gives_the_covariance_of_exact_arithmetic(int part)
    {
        var x = Enumerable.Range(0, 3001).Select(i => (i * 7919L % 1009) + 1_000_000_000).ToArray();
        var y = Enumerable.Range(0, 3001).Select(i => (i * 104729L % 2003) - 50_000_000).ToArray();
        var n = (System.Numerics.BigInteger)x.Length;
        var exact = ExactMoments.Ratio(
            (n * x.Zip(y, (a, b) => (System.Numerics.BigInteger)a * b).Aggregate((a, b) => a + b)) - ((System.Numerics.BigInteger)x.Sum() * y.Sum()),
            n
        );
        var merged = default(PairMoments);
        for (var from = 0; from < x.Length; from += part)
        {
            var to = Math.Min(x.Length, from + part);
            merged = PairMoments.Merge(merged, PairMoments.Of(Doubles(x[from..to]), Doubles(y[from..to])));
        }

        merged.X.ShouldBeThoseOf(x);
        merged.Y.ShouldBeThoseOf(y);
        merged.CoMoment!.Value.ShouldBe(exact, Math.Sqrt(merged.X.M2 * merged.Y.M2) * 1e-15);
    }

    [Fact]
    public void Far_groups_covary_through_their_centres()
    {
        var near = PairMoments.Of([0, 1], [0, 1]);
        var far = PairMoments.Of([100, 101, 102], [-200, -201, -202]);

        // Σxy − ΣxΣy/n = (1 − 20000·… ) exactly: Σx = 304, Σy = −602, Σxy = 1 − 20000 − 20301 − 20604 = −60904.
        PairMoments.Merge(near, far).CoMoment!.Value.ShouldBe(-60904 + (304 * 602 / 5.0), 1e-11);
        PairMoments.Merge(far, near).CoMoment!.Value.ShouldBe(-60904 + (304 * 602 / 5.0), 1e-11);
    }

    [Fact]
    public void Merging_with_an_empty_side_changes_nothing()
    {
        var pairs = PairMoments.Of(X, Y);

        PairMoments.Merge(pairs, default).ShouldBe(pairs);
        PairMoments.Merge(default, pairs).ShouldBe(pairs);
    }

    [Fact]
    public void A_pair_with_a_value_that_is_not_finite_is_left_out_whole()
    {
        double[] x = [2, 1, double.NaN, 4, 3, 9, 7, double.NaN];
        double[] y = [1, 3, 9, 2, 5, double.NegativeInfinity, 8, double.PositiveInfinity];
        var pairs = PairMoments.Of(x, y);

        (pairs.Count, pairs.NotFinite, pairs.X.NotFinite, pairs.Y.NotFinite).ShouldBe((5, 3, 3, 3));
        pairs.X.ShouldBe(Moments.Of(X).WithNotFinite(3));
        pairs.Covariance.ShouldBe(PairMoments.Of(X, Y).Covariance);
        PairMoments.Merge(pairs, pairs).NotFinite.ShouldBe(6);
    }

    [Fact]
    public void Pairs_that_are_all_left_out_leave_an_empty_sample()
    {
        var pairs = PairMoments.Of([double.NaN, 1], [1, double.NaN]);

        (pairs.Count, pairs.NotFinite, pairs.X.NotFinite, pairs.Y.NotFinite, pairs.CoMoment).ShouldBe((0, 2, 2, 2, 0));
        PairMoments.Merge(pairs, PairMoments.Of(X, Y)).CoMoment.ShouldBe(PairMoments.Of(X, Y).CoMoment);
    }

    [Fact]
    public void A_covariance_beyond_a_double_is_owned()
    {
        var pairs = PairMoments.Of([0, 1e200], [0, 1e200]);

        (pairs.CoMoment, pairs.Covariance, pairs.Correlation).ShouldBe((null, null, null));
    }

    [Fact]
    public void A_variance_beyond_a_double_leaves_no_correlation()
    {
        PairMoments.Of([0, 1e200], [0, 1]).Correlation.ShouldBeNull();
        PairMoments.Of([0, 1], [0, 1e200]).Correlation.ShouldBeNull();
    }

    [Fact]
    public void A_correlation_does_not_depend_on_the_scale() =>
        PairMoments.Of([.. X.Select(x => x * 1e120)], [.. Y.Select(y => y * 1e130)]).Correlation!.Value.ShouldBe(0.75920391894505782889, 1e-15);

    [Theory]
    [InlineData(5)]
    [InlineData(3)]
    [InlineData(1)]
    [InlineData(0)]
    public void Units_whose_first_measure_is_not_known_stand_at_the_centre(int known)
    {
        const double Centre = 2.25;
        var pairs = PairMoments.OfKnown(PairMoments.Of(X.AsSpan(0, known), Y.AsSpan(0, known)), Moments.Of(Y), Centre);

        var imputed = PairMoments.Of([.. X.Select((x, i) => i < known ? x - Centre : 0)], Y);
        (pairs.Count, pairs.X.Count, pairs.Y).ShouldBe((5, 5, Moments.Of(Y)));
        pairs.X.Mean.ShouldBe(imputed.X.Mean, 1e-15);
        pairs.X.M2.ShouldBe(imputed.X.M2, 1e-14);
        pairs.CoMoment!.Value.ShouldBe(imputed.CoMoment!.Value, 1e-14);
        (pairs.X.Min, pairs.X.Max).ShouldBe((imputed.X.Min, imputed.X.Max));
    }

    [Fact]
    public void More_pairs_than_units_are_refused() => Should.Throw<AssayException>(() => PairMoments.OfKnown(PairMoments.Of(X, Y), Moments.Of([1, 2]), 0));

    [Fact]
    public void Lengths_that_differ_are_refused() =>
        Should.Throw<AssayException>(() => PairMoments.Of([1, 2], [1])).Message.ShouldBe("The two measures come in pairs, but there are 2 and 1.");

    [Fact]
    public void Nothing_is_allocated()
    {
        double[] x = [.. MomentsTests.Fractions(3000), double.NaN];
        PairMoments.Of(x, x);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var pairs = PairMoments.Of(x, x);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        (pairs.Count, pairs.NotFinite).ShouldBe((3000, 1));
    }

    private static double[] Doubles(IEnumerable<long> values) => [.. values.Select(value => (double)value)];
}
