using Assay.Evaluation.Comparing;
using Assay.Server.Benchmarks;
using Assay.Server.Tests.Surface;
using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Samples;

namespace Assay.Server.Tests.Benchmarks;

public sealed class CompareTextsTests
{
    private static readonly StatisticResult Found = MeanInterval.Of(Moments.Of([0.19, 0.2, 0.21]));
    private static readonly StatisticResult TooLittle = MeanInterval.Of(Moments.Of([0.2]));

    [Fact]
    public void Nothing_says_that_chance_explains_a_difference_that_is_not_shown()
    {
        Say(Metric(TooLittle, null)).ShouldBe("accuracy: +0.200; too little to tell");
        Say(Metric(TooLittle, null), "ru").ShouldBe("accuracy: +0,200; для вывода данных мало");
        // The interval is far from 0: it is Holm's correction over all metrics that held it back.
        Found.AsComputed!.Interval!.Value.Low!.Value.ShouldBeGreaterThan(0);
        Say(Metric(Found, 0.2)).ShouldBe("accuracy: +0.200; no difference is shown, all metrics taken together");
        Say(Metric(Found, 0.2), "ru").ShouldBe("accuracy: +0,200; с учётом всех метрик различие не показано");
    }

    [Fact]
    public void What_is_shown_is_said_with_its_direction()
    {
        Say(Metric(Found, 0.01)).ShouldBe("accuracy is better: +0.200");
        Say(Metric(Found, 0.01) with { HigherIsBetter = false }).ShouldBe("accuracy is worse: +0.200");
        Say(null).ShouldBe("No metric can be compared");
    }

    private static string Say(MetricComparison? metric, string language = "en") => CompareTexts.Headline(metric, SampleReader.Of(language: language));

    private static MetricComparison Metric(StatisticResult difference, double? correctedP) =>
        new("accuracy", true, "", 3, 0.5, 0.7, difference, 3, 0, 0, null, []) { CorrectedP = correctedP };
}
