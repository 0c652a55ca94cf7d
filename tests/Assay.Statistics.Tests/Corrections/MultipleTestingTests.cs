using Assay.Statistics.Corrections;
using Assay.Statistics.Tests.Rates;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Corrections;

public sealed class MultipleTestingTests
{
    private static readonly double[] Six = [0.001, 0.008, 0.039, 0.041, 0.042, 0.6];

    // Products of the p-values with their factors, by hand; 2.45 = 1 + 1/2 + … + 1/6.
    [Theory]
    [InlineData(Correction.Bonferroni, 0.006, 0.048, 0.234, 0.246, 0.252, 1.0)]
    [InlineData(Correction.Holm, 0.006, 0.04, 0.156, 0.156, 0.156, 0.6)]
    [InlineData(Correction.BenjaminiHochberg, 0.006, 0.024, 0.0504, 0.0504, 0.0504, 0.6)]
    [InlineData(Correction.BenjaminiYekutieli, 0.0147, 0.0588, 0.12348, 0.12348, 0.12348, 1.0)]
    public void Six_p_values_agree_with_their_products(Correction method, params double[] expected) =>
        ShouldBeNear(MultipleTesting.Adjust(Six, method), expected);

    // The 15 p-values of Benjamini and Hochberg (1995), section 4.1: 4 are alarms at 0.05 by their procedure, 3 by Bonferroni's.
    [Theory]
    [InlineData(Correction.BenjaminiHochberg, 4)]
    [InlineData(Correction.Holm, 3)]
    [InlineData(Correction.Bonferroni, 3)]
    public void The_published_example_has_its_published_alarms(Correction method, int alarms)
    {
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];

        MultipleTesting.Adjust(p, method).Count(adjusted => adjusted <= 0.05).ShouldBe(alarms);
    }

    [Theory]
    [InlineData(Correction.Bonferroni, 0.12, 0.03, 0.03, 1.0)]
    [InlineData(Correction.Holm, 0.06, 0.03, 0.03, 0.5)]
    [InlineData(Correction.BenjaminiHochberg, 0.04, 0.015, 0.015, 0.5)]
    public void The_callers_order_is_kept_and_ties_stay_ties(Correction method, params double[] expected) =>
        ShouldBeNear(MultipleTesting.Adjust([0.03, 0.0075, 0.0075, 0.5], method), expected);

    [Theory]
    [InlineData(Correction.Bonferroni)]
    [InlineData(Correction.Holm)]
    [InlineData(Correction.BenjaminiHochberg)]
    [InlineData(Correction.BenjaminiYekutieli)]
    public void One_p_value_is_its_own_and_none_are_none(Correction method)
    {
        MultipleTesting.Adjust([0.03], method).ShouldBe([0.03]);
        MultipleTesting.Adjust([], method).ShouldBeEmpty();
        MultipleTesting.Adjust([0, 1], method).ShouldBe([0, 1]);
    }

    [Fact]
    public void Every_correction_keeps_the_order_and_lies_between_the_given_and_1() =>
        Prop.ForAll(
                Gen.Choose(0, 1000).ArrayOf().ToArbitrary(),
                thousandths =>
                {
                    var p = thousandths.Select(t => t / 1000.0).ToArray();
                    foreach (var method in Enum.GetValues<Correction>())
                    {
                        var adjusted = MultipleTesting.Adjust(p, method);
                        adjusted.Length.ShouldBe(p.Length);
                        adjusted.Zip(p).ShouldAllBe(pair => pair.First >= pair.Second && pair.First <= 1);
                        var sorted = adjusted.Zip(p).OrderBy(pair => pair.Second).Select(pair => pair.First).ToArray();
                        sorted.Zip(sorted.Skip(1)).ShouldAllBe(pair => pair.First <= pair.Second);
                    }
                }
            )
            .Holds();

    [Fact]
    public void Holm_is_never_above_Bonferroni_and_Hochbergs_rate_never_above_Holm() =>
        Prop.ForAll(
                Gen.Choose(0, 1000).ArrayOf().ToArbitrary(),
                thousandths =>
                {
                    var p = thousandths.Select(t => t / 1000.0).ToArray();
                    var holm = MultipleTesting.Adjust(p, Correction.Holm);
                    holm.Zip(MultipleTesting.Adjust(p, Correction.Bonferroni)).ShouldAllBe(pair => pair.First <= pair.Second);
                    MultipleTesting.Adjust(p, Correction.BenjaminiHochberg).Zip(holm).ShouldAllBe(pair => pair.First <= pair.Second + 1e-15);
                }
            )
            .Holds();

    [Theory]
    [InlineData(-1e-300)]
    [InlineData(1.0000000000000002)]
    [InlineData(double.NaN)]
    public void What_is_no_probability_is_named_with_its_place(double p) =>
        Should
            .Throw<AssayException>(() => MultipleTesting.Adjust([0.5, p], Correction.Holm))
            .ShouldSay(
                $"The p-value at place 2 is {p}; it must lie between 0 and 1.",
                "Give p-values, not their logarithms or test statistics, and leave out what was not computable."
            );

    [Fact]
    public void The_callers_p_values_stay_as_they_are()
    {
        double[] p = [0.4, 0.1];

        MultipleTesting.Adjust(p, Correction.Holm);

        p.ShouldBe([0.4, 0.1]);
    }

    private static void ShouldBeNear(double[] actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            actual[i].ShouldBe(expected[i], 1e-15);
        }
    }
}
