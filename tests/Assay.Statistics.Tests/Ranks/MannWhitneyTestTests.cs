using Assay.Statistics.Ranks;

namespace Assay.Statistics.Tests.Ranks;

public sealed class MannWhitneyTestTests
{
    private const string Exact = "Mann-Whitney U test, exact";
    private const string Corrected = "Mann-Whitney U test, normal approximation with continuity correction";

    private static readonly double[] A = [1.1, 2.2, 3.3, 4.4];
    private static readonly double[] B = [2.5, 3.6, 5.7, 6.8, 7.9];
    private static readonly double[] TiedA = [1, 1, 2, 3, 3, 3, 4];
    private static readonly double[] TiedB = [2, 3, 3, 5, 5, 6, 6, 7];

    [Fact]
    public void Few_values_without_ties_are_counted_exactly()
    {
        var result = MannWhitneyTest.Compare(A, B).ShouldBeOfType<Computed>();

        result.Method.ShouldBe(Exact);
        result.Statistic.ShouldBe(17);
        result.N.ShouldBe(9);
        P(result).ShouldBe(1 / 9.0, tolerance: 1e-15);
        result.P!.Value.Log10.ShouldBe(Math.Log10(1 / 9.0), tolerance: 1e-14);
        result.Estimate.ShouldBe(2.45, tolerance: 1e-15);
        result.StandardError.ShouldBeNull();
        result.DegreesOfFreedom.ShouldBeNull();
    }

    // scipy.stats.mannwhitneyu(method='exact'): each order has 126 equally likely places.
    [Theory]
    [InlineData(Alternative.TwoSided, 14 / 126.0)]
    [InlineData(Alternative.Greater, 7 / 126.0)]
    [InlineData(Alternative.Less, 122 / 126.0)]
    public void An_exact_p_has_its_direction(Alternative alternative, double expected)
    {
        P(MannWhitneyTest.Exact(A, B, alternative: alternative)).ShouldBe(expected, tolerance: 1e-14);
        P(MannWhitneyTest.Compare(A, B, alternative: alternative)).ShouldBe(expected, tolerance: 1e-14);
    }

    [Fact]
    public void Swapped_arms_mirror_everything()
    {
        var result = MannWhitneyTest.Compare(B, A, 0.05).ShouldBeOfType<Computed>();
        var mirror = MannWhitneyTest.Compare(A, B, 0.05).ShouldBeOfType<Computed>();

        result.Statistic.ShouldBe(3);
        result.Estimate.ShouldBe(-mirror.Estimate);
        P(result).ShouldBe(P(mirror));
        result.Interval.ShouldBe(new Interval(-mirror.Interval!.Value.High, -mirror.Interval.Value.Low, 0.95));
        P(MannWhitneyTest.Compare(B, A, alternative: Alternative.Less)).ShouldBe(7 / 126.0, tolerance: 1e-14);
    }

    // scipy 1.10.1, mannwhitneyu(method='asymptotic') with and without use_continuity.
    [Theory]
    [InlineData(true, Alternative.TwoSided, 0.11134688653314041)]
    [InlineData(false, Alternative.TwoSided, 0.0864107329737)]
    [InlineData(true, Alternative.Greater, 0.055673443266570206)]
    [InlineData(false, Alternative.Greater, 0.04320536648685)]
    [InlineData(true, Alternative.Less, 0.9669037101389033)]
    [InlineData(false, Alternative.Less, 0.95679463351315)]
    public void The_normal_approximation_corrects_towards_the_middle(bool continuity, Alternative alternative, double expected) =>
        P(MannWhitneyTest.Asymptotic(A, B, 0.05, alternative, continuity)).ShouldBe(expected, tolerance: 1e-12);

    [Theory]
    [InlineData(true, Alternative.TwoSided, 0.03323597981432504)]
    [InlineData(false, Alternative.TwoSided, 0.02864295041899493)]
    [InlineData(true, Alternative.Greater, 0.01661798990716252)]
    public void Ties_shrink_the_variance(bool continuity, Alternative alternative, double expected)
    {
        var result = MannWhitneyTest.Asymptotic(TiedA, TiedB, 0.05, alternative, continuity).ShouldBeOfType<Computed>();

        P(result).ShouldBe(expected, tolerance: 1e-12);
        result.Statistic.ShouldBe(46.5);
        result.Estimate.ShouldBe(2);
        result.Method.ShouldBe(continuity ? Corrected : "Mann-Whitney U test, normal approximation");
    }

    [Fact]
    public void Ties_are_not_counted_exactly()
    {
        MannWhitneyTest.Compare(TiedA, TiedB).ShouldBe(MannWhitneyTest.Asymptotic(TiedA, TiedB));
        Reason(MannWhitneyTest.Exact(TiedA, TiedB)).ShouldBe("13 values are tied; the exact distribution is that of values without ties");
    }

    [Fact]
    public void Ten_thousand_pairs_are_counted_and_one_more_is_not()
    {
        double[] one = [2500.5];
        var most = Enumerable.Range(1, 10_000).Select(i => (double)i).ToArray();
        double[] more = [.. most, 10_001];

        var counted = MannWhitneyTest.Compare(one, most);

        counted.Method.ShouldBe(Exact);
        P(counted).ShouldBe(2 * 2501 / 10_001.0, tolerance: 1e-12);
        MannWhitneyTest.Compare(one, more).Method.ShouldBe(Corrected);
        Reason(MannWhitneyTest.Exact(one, more)).ShouldBe("there are 10001 pairs of values; the exact distribution is counted up to 10000");
    }

    [Fact]
    public void A_statistic_in_the_middle_has_p_1_whatever_the_correction()
    {
        double[] control = [1, 4];
        double[] treatment = [2, 3];

        P(MannWhitneyTest.Exact(control, treatment)).ShouldBe(1);
        P(MannWhitneyTest.Asymptotic(control, treatment)).ShouldBe(1);
        P(MannWhitneyTest.Asymptotic(control, treatment, continuity: false)).ShouldBe(1);
    }

    // mpmath, 30 digits: log10 erfc(z/√2) with z = (U − 2·10⁶ ∓ ½)/√(4·10⁶·4001/12).
    [Theory]
    [InlineData(true, -653.11528834755152792)]
    [InlineData(false, -653.11561409546374144)]
    public void Separated_arms_of_2000_have_a_logarithm_where_doubles_end(bool continuity, double log10)
    {
        var control = Enumerable.Range(0, 2000).Select(i => (double)i).ToArray();
        var treatment = control.Select(value => value + 5000).ToArray();

        var p = MannWhitneyTest.Asymptotic(control, treatment, continuity: continuity).AsComputed!.P!.Value;

        p.Value.ShouldBe(0);
        p.Log10.ShouldBe(log10, tolerance: 1e-9);
    }

    [Fact]
    public void One_sided_tests_have_one_ended_intervals()
    {
        var both = MannWhitneyTest.Compare(A, B, 0.2).AsComputed!.Interval!.Value;

        MannWhitneyTest.Compare(A, B, 0.1, Alternative.Greater).AsComputed!.Interval.ShouldBe(new Interval(both.Low, null, 0.9));
        MannWhitneyTest.Asymptotic(A, B, 0.1, Alternative.Less).AsComputed!.Interval.ShouldBe(new Interval(null, both.High, 0.9));
    }

    public static TheoryData<double[], double[], string> Unusable =>
        new()
        {
            { [], [1, 2], "the control has 0 values; at least 1 is needed" },
            { [1, 2], [], "the treatment has 0 values; at least 1 is needed" },
            { [1, double.NaN], [1, 2], "the control has 1 value that is not finite" },
            { [1, 2], [double.PositiveInfinity, double.NegativeInfinity, 3], "the treatment has 2 values that are not finite" },
            { [3, 3], [3, 3, 3], "all 5 values are equal" },
            { [1, 1], [2.5, 2.5], "neither arm varies: every value of the control is 1 and every value of the treatment is 2.5" },
        };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Data_without_an_answer_say_why(double[] control, double[] treatment, string reason)
    {
        Reason(MannWhitneyTest.Compare(control, treatment)).ShouldBe(reason);
        Reason(MannWhitneyTest.Exact(control, treatment)).ShouldBe(reason);
        Reason(MannWhitneyTest.Asymptotic(control, treatment)).ShouldBe(reason);
        MannWhitneyTest.Asymptotic(control, treatment, continuity: false).Method.ShouldBe("Mann-Whitney U test, normal approximation");
    }

    [Fact]
    public void One_arm_that_varies_is_enough() => P(MannWhitneyTest.Compare([1, 1, 1], [1, 2])).ShouldBe(0.41421617824252516, tolerance: 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Alpha_is_a_share(double alpha)
    {
        Should.Throw<AssayException>(() => MannWhitneyTest.Compare(A, B, alpha));
        Should.Throw<AssayException>(() => MannWhitneyTest.Exact(A, B, alpha));
        Should.Throw<AssayException>(() => MannWhitneyTest.Asymptotic(A, B, alpha));
    }

    private static double P(StatisticResult result) => result.ShouldBeOfType<Computed>().P!.Value.Value;

    private static string Reason(StatisticResult result) => result.ShouldBeOfType<NotComputable>().Reason;
}
