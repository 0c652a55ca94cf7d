using Assay.Statistics.Tables;
using Assay.Statistics.Tests.Rates;

namespace Assay.Statistics.Tests.Tables;

// Reference figures: the formulas over exact fractions, tails by mpmath at 60 digits.
public sealed class ChiSquareTestTests
{
    private static readonly long[,] FourByThree =
    {
        { 20, 30, 50 },
        { 25, 25, 50 },
        { 10, 45, 45 },
        { 33, 33, 34 },
    };

    [Theory]
    [InlineData(10, 20, 30, 25, 3.5058922558922559, 0.061150897576067686, 0.20309059861498081)]
    [InlineData(1, 9, 8, 2, 9.898989898989899, 0.0016536951637003384, 0.70352647068144845)]
    [InlineData(5, 0, 0, 5, 10, 0.0015654022580025497, 1)]
    [InlineData(50_000, 50_000, 55_000, 45_000, 501.2531328320802, 5.0735805581990664e-111, 0.050062617432175887)]
    public void Two_by_two_tables_agree_with_the_formula(long a, long b, long c, long d, double statistic, double p, double v)
    {
        var result = ChiSquareTest
            .Independence(
                new[,]
                {
                    { a, b },
                    { c, d },
                }
            )
            .Answer();

        result.Statistic.ShouldAgree(statistic);
        result.DegreesOfFreedom.ShouldBe(1);
        result.P!.Value.Value.ShouldAgree(p, 1e-11);
        result.Estimate.ShouldAgree(v);
        result.N.ShouldBe(a + b + c + d);
        result.Interval.ShouldBeNull();
        result.Method.ShouldBe("Pearson's χ² test of independence");
        result.Reference.ShouldContain("1900");
    }

    [Theory]
    [InlineData(10, 20, 30, 25, 2.706155303030303, 0.099961643873534701, 0.20309059861498081)]
    [InlineData(1, 9, 8, 2, 7.2727272727272727, 0.007000941989448635, 0.70352647068144845)]
    [InlineData(50_000, 50_000, 55_000, 45_000, 501.05265162907268, 5.6096404353294418e-111, 0.050062617432175887)]
    public void Yates_brings_every_difference_nearer_to_0_by_a_half(long a, long b, long c, long d, double statistic, double p, double v)
    {
        var result = ChiSquareTest
            .Independence(
                new[,]
                {
                    { a, b },
                    { c, d },
                },
                yates: true
            )
            .Answer();

        result.Statistic.ShouldAgree(statistic);
        result.P!.Value.Value.ShouldAgree(p, 1e-11);
        result.Estimate.ShouldAgree(v);
        result.Method.ShouldBe("Pearson's χ² test of independence with Yates's correction");
        result.Reference.ShouldContain("1934");
    }

    [Fact]
    public void Yates_does_not_carry_a_difference_past_0()
    {
        // |O − E| is 3/13 in every cell.
        var result = ChiSquareTest
            .Independence(
                new long[,]
                {
                    { 3, 3 },
                    { 3, 4 },
                },
                yates: true
            )
            .Answer();

        result.Statistic.ShouldBe(0);
        result.P!.Value.Value.ShouldBe(1);
        result.Estimate.ShouldAgree(1.0 / 14);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Larger_tables_are_never_corrected(bool yates)
    {
        var result = ChiSquareTest.Independence(FourByThree, yates).Answer();

        result.Statistic.ShouldAgree(22.970803086945398);
        result.DegreesOfFreedom.ShouldBe(6);
        result.P!.Value.Value.ShouldAgree(0.0008063166175987907);
        result.P!.Value.Log10.ShouldAgree(-3.0934943896151467);
        result.Estimate.ShouldAgree(0.16945059415263715);
        result.N.ShouldBe(400);
    }

    [Fact]
    public void A_table_and_its_transpose_say_the_same()
    {
        var turned = new long[3, 4];
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                turned[j, i] = FourByThree[i, j];
            }
        }

        var result = ChiSquareTest.Independence(turned).Answer();
        result.Statistic.ShouldAgree(22.970803086945398);
        result.Estimate.ShouldAgree(0.16945059415263715);
        result.DegreesOfFreedom.ShouldBe(6);
    }

    [Fact]
    public void Tables_of_two_quadrillion_counts_keep_their_digits() =>
        ChiSquareTest
            .Independence(
                new[,]
                {
                    { 500_000_000_000_000, 500_000_000_000_001 },
                    { 499_999_999_999_997, 500_000_000_000_000 },
                }
            )
            .Answer()
            .Statistic.ShouldAgree(2.000000000000018e-15);

    [Fact]
    public void Expected_counts_are_row_times_column_over_total()
    {
        var expected = ChiSquareTest.ExpectedCounts(
            new long[,]
            {
                { 120, 880 },
                { 150, 850 },
                { 131, 869 },
            }
        );

        expected.GetLength(0).ShouldBe(3);
        expected.GetLength(1).ShouldBe(2);
        for (var row = 0; row < 3; row++)
        {
            expected[row, 0].ShouldAgree(401 / 3.0, 1e-15);
            expected[row, 1].ShouldAgree(2599 / 3.0, 1e-15);
        }
    }

    [Fact]
    public void An_empty_table_expects_nothing()
    {
        ChiSquareTest.ExpectedCounts(new long[2, 2]).Cast<double>().ShouldAllBe(count => count == 0);
        ChiSquareTest.ExpectedCounts(new long[0, 0]).Length.ShouldBe(0);
    }

    public static TheoryData<long[,], string> Lacking =>
        new()
        {
            { new long[0, 0], "the table has 0 rows; independence needs 2" },
            {
                new long[,]
                {
                    { 1, 2 },
                },
                "the table has 1 row; independence needs 2"
            },
            {
                new long[,]
                {
                    { 1 },
                    { 2 },
                },
                "the table has 1 column; independence needs 2"
            },
            { new long[2, 0], "the table has 0 columns; independence needs 2" },
            { new long[2, 2], "all counts of the table are 0" },
            {
                new long[,]
                {
                    { 1, 2 },
                    { 0, 0 },
                },
                "row 2 has only zeros; leave it out, or wait for its first count"
            },
            {
                new long[,]
                {
                    { 0, 2 },
                    { 0, 3 },
                },
                "column 1 has only zeros; leave it out, or wait for its first count"
            },
        };

    [Theory]
    [MemberData(nameof(Lacking))]
    public void A_table_that_cannot_be_tested_says_what_it_lacks(long[,] table, string reason)
    {
        ChiSquareTest.Independence(table).Refusal().ShouldBe(reason);
        ChiSquareTest.Independence(table, yates: true).Refusal().ShouldBe(reason);
        CramersV.Of(table).Refusal().ShouldBe(reason);
    }

    [Fact]
    public void An_empty_row_is_named_before_an_empty_column() =>
        ChiSquareTest
            .Independence(
                new long[,]
                {
                    { 0, 2 },
                    { 0, 0 },
                }
            )
            .Refusal()
            .ShouldStartWith("row 2");

    [Fact]
    public void Cramers_v_is_never_corrected() =>
        CramersV
            .Of(
                new long[,]
                {
                    { 10, 20 },
                    { 30, 25 },
                }
            )
            .Answer()
            .Statistic.ShouldAgree(3.5058922558922559);

    [Fact]
    public void A_negative_count_is_named_with_its_place()
    {
        var refusal = Should.Throw<AssayException>(() =>
            ChiSquareTest.Independence(
                new long[,]
                {
                    { 1, 2 },
                    { 3, -4 },
                }
            )
        );

        refusal.ShouldSay("Row 2, column 2 of the table has the count -4.", "Give counts of 0 or more.");
        Should
            .Throw<AssayException>(() =>
                ChiSquareTest.ExpectedCounts(
                    new long[,]
                    {
                        { -1 },
                    }
                )
            )
            .Message.ShouldStartWith("Row 1, column 1");
        Should.Throw<AssayException>(() =>
            CramersV.Of(
                new long[,]
                {
                    { -1 },
                }
            )
        );
    }

    [Fact]
    public void A_table_sums_to_2_to_the_53_at_most()
    {
        ChiSquareTest
            .ExpectedCounts(
                new[,]
                {
                    { 9_007_199_254_740_991, 1 },
                }
            )[0, 1]
            .ShouldBe(1);
        Should
            .Throw<AssayException>(() =>
                ChiSquareTest.ExpectedCounts(
                    new[,]
                    {
                        { long.MaxValue, long.MaxValue },
                    }
                )
            )
            .Message.ShouldBe("The table sums to 18446744073709551614, above 2^53.");
    }

    [Fact]
    public void Cramers_v_is_the_strength_with_the_test_beside_it()
    {
        var result = CramersV.Of(FourByThree).Answer();

        result.Estimate.ShouldAgree(0.16945059415263715);
        result.Statistic.ShouldAgree(22.970803086945398);
        result.DegreesOfFreedom.ShouldBe(6);
        result.P!.Value.Value.ShouldAgree(0.0008063166175987907);
        result.N.ShouldBe(400);
        result.Method.ShouldBe("Cramér's V");
        result.Reference.ShouldContain("1946");
    }

    [Fact]
    public void Cramers_v_is_0_for_equal_rows_and_1_when_a_row_tells_its_column()
    {
        CramersV
            .Of(
                new long[,]
                {
                    { 10, 20, 30 },
                    { 10, 20, 30 },
                }
            )
            .Answer()
            .Estimate.ShouldBe(0);
        CramersV
            .Of(
                new long[,]
                {
                    { 7, 0, 0 },
                    { 0, 7, 0 },
                    { 0, 0, 7 },
                }
            )
            .Answer()
            .Estimate.ShouldAgree(1, 1e-15);
    }
}
