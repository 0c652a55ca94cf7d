using System.Numerics;
using Assay.Statistics.Tables;
using Assay.Statistics.Tests.Rates;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Tables;

// Reference figures: exact fractions of binomial coefficients; above 10 000 counts the recurrence of masses with mpmath at 60 digits.
public sealed class FisherExactTestTests
{
    [Theory]
    [InlineData(10, 20, 30, 25, 0.072286520941985401, 0.049360802918537612, 0.98276111099730153)]
    [InlineData(1, 9, 8, 2, 0.0054774946415813289, 0.0027387473207906644, 0.99994046201476542)]
    [InlineData(8, 2, 1, 9, 0.0054774946415813289, 0.99994046201476542, 0.0027387473207906644)]
    [InlineData(3, 1, 1, 3, 0.48571428571428571, 0.98571428571428571, 0.24285714285714286)]
    [InlineData(2, 10, 15, 3, 0.0005367241191434358, 0.00046518094336290501, 0.99998451901868615)]
    [InlineData(0, 5, 5, 0, 0.0079365079365079365, 0.0039682539682539683, 1)]
    [InlineData(2, 2, 2, 2, 1, 0.75714285714285714, 0.75714285714285714)]
    [InlineData(5, 5, 6, 4, 1, 0.5, 0.81507501786139557)]
    [InlineData(0, 3, 2, 7, 1, 0.54545454545454545, 1)]
    [InlineData(7, 0, 3, 4, 0.06993006993006993, 1, 0.034965034965034965)]
    [InlineData(200, 300, 250, 270, 0.0097723724759642018, 0.0056146153729284181, 0.99611461716469557)]
    [InlineData(300_000, 700_000, 301_000, 699_000, 0.12337569046366652, 0.061687845231833262, 0.93868676822022034)]
    [InlineData(3, 999_997, 17, 1_999_983, 0.098081927246416414, 0.06044585352785942, 0.98240765194969359)]
    public void All_three_p_values_agree_with_exact_sums(long a, long b, long c, long d, double two, double greater, double less)
    {
        long[,] table =
        {
            { a, b },
            { c, d },
        };

        FisherExactTest.Test(table).Answer().P!.Value.Value.ShouldAgree(two, 1e-11);
        FisherExactTest.Test(table, Alternative.Greater).Answer().P!.Value.Value.ShouldAgree(greater, 1e-11);
        FisherExactTest.Test(table, Alternative.Less).Answer().P!.Value.Value.ShouldAgree(less, 1e-11);
    }

    [Theory]
    [InlineData(50_000, 50_000, 55_000, 45_000, -110.29699651964931, -110.59802651531329, -8.9626118552960089e-112)]
    [InlineData(55_000, 45_000, 50_000, 50_000, -110.29699651964931, -8.9626118552960089e-112, -110.59802651531329)]
    [InlineData(50_000, 50_000, 60_000, 40_000, -441.1159124766128, -441.41694247227675, 0)]
    [InlineData(1000, 0, 0, 1000, -600.01033210914337, 0, -600.31136210480734)]
    public void Logarithms_go_on_far_below_the_range_of_double(long a, long b, long c, long d, double two, double greater, double less)
    {
        long[,] table =
        {
            { a, b },
            { c, d },
        };

        FisherExactTest.Test(table).Answer().P!.Value.Log10.ShouldAgree(two, 1e-11);
        FisherExactTest.Test(table, Alternative.Greater).Answer().P!.Value.Log10.ShouldAgree(greater, 1e-11);
        FisherExactTest.Test(table, Alternative.Less).Answer().P!.Value.Log10.ShouldAgree(less, 1e-11);
    }

    [Fact]
    public void The_result_carries_the_difference_of_rates_and_the_odds_ratio()
    {
        var result = FisherExactTest
            .Test(
                new long[,]
                {
                    { 10, 20 },
                    { 30, 25 },
                }
            )
            .Answer();

        result.Estimate.ShouldAgree((30 / 55.0) - (10 / 30.0));
        result.Statistic.ShouldAgree(30.0 * 20 / (25 * 10));
        result.N.ShouldBe(85);
        result.Interval.ShouldBeNull();
        result.DegreesOfFreedom.ShouldBeNull();
        result.Method.ShouldBe("Fisher's exact test");
        result.Reference.ShouldContain("1934");
    }

    [Theory]
    [InlineData(0, 5, 5, 5, 0.5)]
    [InlineData(5, 5, 5, 0, 0.5)]
    public void An_infinite_odds_ratio_is_left_out_and_the_p_value_stays(long a, long b, long c, long d, double difference)
    {
        var result = FisherExactTest
            .Test(
                new[,]
                {
                    { a, b },
                    { c, d },
                }
            )
            .Answer();

        result.Statistic.ShouldBeNull();
        result.Estimate.ShouldAgree(difference);
        result.P.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(5, 5, 0, 5)]
    [InlineData(5, 0, 5, 5)]
    public void An_odds_ratio_of_0_is_a_number(long a, long b, long c, long d) =>
        FisherExactTest
            .Test(
                new[,]
                {
                    { a, b },
                    { c, d },
                }
            )
            .Answer()
            .Statistic.ShouldBe(0);

    [Fact]
    public void Small_tables_agree_with_sums_of_whole_numbers() =>
        Prop.ForAll(
                Gen.Choose(0, 40)
                    .Four()
                    .Where(t => t.Item1 + t.Item2 > 0 && t.Item3 + t.Item4 > 0 && t.Item1 + t.Item3 > 0 && t.Item2 + t.Item4 > 0)
                    .ToArbitrary(),
                t =>
                {
                    var (a, b, c, d) = t;
                    long[,] table =
                    {
                        { a, b },
                        { c, d },
                    };
                    var exact = Exact(a, b, c, d);
                    FisherExactTest.Test(table).Answer().P!.Value.Value.ShouldAgree(exact.Two, 1e-13);
                    FisherExactTest.Test(table, Alternative.Greater).Answer().P!.Value.Value.ShouldAgree(exact.Greater, 1e-13);
                    FisherExactTest.Test(table, Alternative.Less).Answer().P!.Value.Value.ShouldAgree(exact.Less, 1e-13);
                }
            )
            .Holds();

    [Fact]
    public void An_arm_without_observations_carries_no_answer()
    {
        var reason = FisherExactTest
            .Test(
                new long[,]
                {
                    { 0, 0 },
                    { 3, 4 },
                }
            )
            .Refusal();
        reason.ShouldBe("row 1 has only zeros; leave it out, or wait for its first count");
        FisherExactTest.Test(new long[2, 2]).Refusal().ShouldBe("all counts of the table are 0");
    }

    [Theory]
    [InlineData(Alternative.TwoSided)]
    [InlineData(Alternative.Greater)]
    [InlineData(Alternative.Less)]
    public void Two_arms_without_a_failure_are_no_evidence(Alternative alternative)
    {
        var result = FisherExactTest
            .Test(
                new long[,]
                {
                    { 3, 0 },
                    { 4, 0 },
                },
                alternative
            )
            .Answer();
        result.P!.Value.Value.ShouldBe(1);
        result.Estimate.ShouldBe(0);
        result.Statistic.ShouldBeNull();
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(1, 2)]
    public void Only_two_by_two_tables_are_taken(int rows, int columns) =>
        Should
            .Throw<AssayException>(() => FisherExactTest.Test(new long[rows, columns]))
            .ShouldSay($"The table has {rows} rows and {columns} columns; Fisher's exact test is for 2 and 2.", "Use the χ² test for larger tables.");

    [Fact]
    public void Negative_counts_are_refused() =>
        Should
            .Throw<AssayException>(() =>
                FisherExactTest.Test(
                    new long[,]
                    {
                        { 1, 2 },
                        { -3, 4 },
                    }
                )
            )
            .Message.ShouldBe("Row 2, column 1 of the table has the count -3.");

    private static (double Two, double Greater, double Less) Exact(int a, int b, int c, int d)
    {
        var (two, greater, less, all) = (BigInteger.Zero, BigInteger.Zero, BigInteger.Zero, BigInteger.Zero);
        var seen = Choose(a + c, c) * Choose(b + d, d);
        for (var k = Math.Max(0, c - b); k <= Math.Min(a + c, c + d); k++)
        {
            var mass = Choose(a + c, k) * Choose(b + d, c + d - k);
            all += mass;
            two += mass <= seen ? mass : 0;
            greater += k >= c ? mass : 0;
            less += k <= c ? mass : 0;
        }

        return (Ratio(two, all), Ratio(greater, all), Ratio(less, all));
    }

    private static double Ratio(BigInteger part, BigInteger whole) => Math.Exp(BigInteger.Log(part) - BigInteger.Log(whole));

    private static BigInteger Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(BigInteger.One, (product, i) => product * (n - k + i) / i);
}
