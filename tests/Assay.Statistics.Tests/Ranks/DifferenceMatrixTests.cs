using Assay.Statistics.Ranks;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Ranks;

public sealed class DifferenceMatrixTests
{
    private static readonly Gen<double> AnyValue = Gen.OneOf(
        Gen.Choose(-5, 5).Select(i => (double)i),
        Gen.Choose(-1000, 1000).Select(i => i / 7.0),
        Gen.Choose(-1000, 1000).Select(i => 1e9 + (i / 3.0)),
        Gen.Choose(-300, 300).Select(i => Math.Pow(10, i)),
        Gen.Choose(-300, 300).Select(i => -Math.Pow(10, i)),
        Gen.Elements(0.0, -0.0, double.Epsilon, -double.Epsilon, 0.1, 0.3)
    );

    private static readonly Arbitrary<(double[] Control, double[] Treatment)> AnyArms = (
        from control in AnyValue.NonEmptyListOf().Resize(12)
        from treatment in AnyValue.NonEmptyListOf().Resize(12)
        select (control.Order().ToArray(), treatment.Order().ToArray())
    ).ToArbitrary();

    [Fact]
    public void Every_rank_equals_that_of_the_sorted_list_to_the_last_bit() =>
        Prop.ForAll(
                AnyArms,
                arms =>
                {
                    var sorted = Sorted(arms.Control, arms.Treatment);
                    var searched = new DifferenceMatrix(arms.Control, arms.Treatment, gathered: 1);
                    return Enumerable.Range(1, sorted.Length).All(rank => Same(searched.Select(rank), sorted[rank - 1]));
                }
            )
            .Holds();

    [Fact]
    public void The_median_is_that_of_the_sorted_list_however_many_are_gathered() =>
        Prop.ForAll(
                AnyArms,
                arms =>
                {
                    var median = MedianOf(Sorted(arms.Control, arms.Treatment));
                    return new[] { 1, 3, 10, 100, 65_536 }.All(gathered => Same(new DifferenceMatrix(arms.Control, arms.Treatment, gathered).Median(), median));
                }
            )
            .Holds();

    [Fact]
    public void Differences_that_overflow_are_still_in_order()
    {
        double[] control = [-1e308, 0, 1e308];
        double[] treatment = [-1.5e308, 1, 1.5e308];
        var sorted = Sorted(control, treatment);
        var searched = new DifferenceMatrix(control, treatment, gathered: 1);

        Enumerable.Range(1, 9).Select(rank => searched.Select(rank)).ShouldBe(sorted);
    }

    [Fact]
    public void Zero_has_no_sign()
    {
        double.IsNegative(new DifferenceMatrix([0.0], [-0.0]).Median()).ShouldBeFalse();
        double.IsNegative(new DifferenceMatrix([0.0, 1], [-0.0, 1]).Select(2)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("spread evenly", 5)]
    [InlineData("whole numbers", 5)]
    [InlineData("heavy tails", 9)]
    [InlineData("far outliers", 11)]
    [InlineData("two clusters", 14)]
    public void A_selection_walks_a_few_times_only(string shape, int walks)
    {
        Func<int, double> value = shape switch
        {
            "spread evenly" => i => i / 300.0,
            "whole numbers" => i => Math.Round(50 / (1 - (i / 300.0))),
            "heavy tails" => i => Math.Tan(((i / 300.0) - 0.4999) * Math.PI),
            "far outliers" => i => i < 290 ? i * 1e-3 : Math.Pow(10, i - 100),
            _ => i => i % 2 == 0 ? i * 1e-9 : 1e9 + i,
        };
        var control = Enumerable.Range(0, 300).Select(value).Order().ToArray();
        var treatment = Enumerable.Range(0, 300).Select(i => value(i) + 0.5).Order().ToArray();
        var differences = new DifferenceMatrix(control, treatment, gathered: 300);

        var median = differences.Median();

        median.ShouldBe(MedianOf(Sorted(control, treatment)));
        differences.Walks.ShouldBeLessThanOrEqualTo(walks);
    }

    private static double[] Sorted(double[] control, double[] treatment) => [.. control.SelectMany(c => treatment.Select(t => t - c + 0.0)).Order()];

    private static double MedianOf(double[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;

    private static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);
}
