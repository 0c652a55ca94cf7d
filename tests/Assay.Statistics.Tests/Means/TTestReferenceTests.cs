using System.Text.Json;
using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Means;

public sealed class TTestReferenceTests
{
    private delegate StatisticResult Test(in Moments control, in Moments treatment, double alpha, Alternative alternative);

    public static TheoryData<string> TTests => ReferenceCases.Names("t_test");

    public static TheoryData<string> MeanIntervals => ReferenceCases.Names("mean_ci");

    [Theory]
    [MemberData(nameof(TTests))]
    public void Two_means_agree_with_sixty_digits(string name)
    {
        var (inputs, expected) = (ReferenceCases.Find(name).GetProperty("inputs"), ReferenceCases.Find(name).GetProperty("expected"));
        var (a, b) = (Sample(inputs, "a"), Sample(inputs, "b"));
        var alpha = inputs.GetProperty("alpha").GetDouble();

        Moments.DifferenceOfMeans(a, b).ShouldBeNear(expected.GetProperty("diff_b_minus_a").GetDouble(), 1e-9);
        Agrees(WelchTest.Compare, a, b, alpha, expected.GetProperty("welch"));
        Agrees(PooledTTest.Compare, a, b, alpha, expected.GetProperty("pooled"));
        AgreesOnEffect(CohensD.Between(a, b, alpha), expected.GetProperty("cohens_d"));
    }

    [Theory]
    [MemberData(nameof(MeanIntervals))]
    public void A_mean_agrees_with_sixty_digits(string name)
    {
        var (inputs, expected) = (ReferenceCases.Find(name).GetProperty("inputs"), ReferenceCases.Find(name).GetProperty("expected"));
        var mean = MeanInterval.Of(Moments.Of(ReferenceCases.Series(inputs, "x")), inputs.GetProperty("alpha").GetDouble()).Value();

        mean.Estimate.ShouldBeNear(expected.GetProperty("mean").GetDouble());
        mean.StandardError.ShouldBeNear(expected.GetProperty("se").GetDouble());
        mean.Interval!.Value.Low.ShouldBeNear(expected.GetProperty("ci_low").GetDouble());
        mean.Interval!.Value.High.ShouldBeNear(expected.GetProperty("ci_high").GetDouble());
    }

    private static Moments Sample(JsonElement inputs, string arm)
    {
        if (!inputs.TryGetProperty("summary", out var summary))
        {
            return Moments.Of(ReferenceCases.Series(inputs, arm));
        }

        var figures = summary.GetProperty(arm);
        return Moments.FromSummary(figures.GetProperty("n").GetInt64(), figures.GetProperty("mean").GetDouble(), figures.GetProperty("sd").GetDouble());
    }

    private static void Agrees(Test test, in Moments a, in Moments b, double alpha, JsonElement expected)
    {
        var result = test(a, b, alpha, Alternative.TwoSided);
        if (expected.TryGetProperty("degenerate", out _))
        {
            result.Reason().ShouldBe("both arms have no variance");
            return;
        }

        var both = result.Value();
        both.N.ShouldBe(a.Count + b.Count);
        both.Statistic.ShouldBeNear(Number("t"), 1e-9);
        both.DegreesOfFreedom.ShouldBeNear(Number("df"), 1e-9);
        both.StandardError.ShouldBeNear(Number("se"), 1e-9);
        both.P!.Value.Value.ShouldBeNear(Number("p_two_sided"), 1e-9);
        both.P!.Value.Log10.ShouldBeNear(Number("log10_p_two_sided"), 1e-9);
        both.Interval!.Value.Low.ShouldBeNear(Number("ci_low"), 1e-9);
        both.Interval!.Value.High.ShouldBeNear(Number("ci_high"), 1e-9);
        test(a, b, alpha, Alternative.Greater).Value().P!.Value.Value.ShouldBeNear(Number("p_b_greater"), 1e-9);
        test(a, b, alpha, Alternative.Less).Value().P!.Value.Value.ShouldBeNear(Number("p_b_less"), 1e-9);

        double Number(string figure) => expected.GetProperty(figure).GetDouble();
    }

    private static void AgreesOnEffect(StatisticResult result, JsonElement expected)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            result.Reason().ShouldBe("both arms have no variance");
        }
        else
        {
            result.Value().Estimate.ShouldBeNear(expected.GetDouble(), 1e-9);
        }
    }
}
