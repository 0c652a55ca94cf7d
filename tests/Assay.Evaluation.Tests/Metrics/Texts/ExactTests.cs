using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Tests.Metrics.Texts;

public sealed class ExactTests
{
    [Theory]
    [InlineData("Париж", "париж", 1)]
    [InlineData("Счёт  закрыт\n", " счет закрыт", 1)]
    [InlineData("йод", "и\u0306од", 1)]
    [InlineData("café", "cafe\u0301", 1)]
    [InlineData("한국", "\u1112\u1161\u11AB\u1100\u116E\u11A8", 1)]
    [InlineData("👍🏽", "👍🏽", 1)]
    [InlineData("👍🏽", "👍", 0)]
    [InlineData("Париж", "Париж.", 0)]
    [InlineData("Париж", "", 0)]
    [InlineData("", "", 1)]
    [InlineData("два слова", "двасlова", 0)]
    [InlineData("два слова", "двасова", 0)]
    public void Capitals_white_space_and_yo_count_for_nothing(string expected, string answer, double score)
    {
        Metric.Of("kind: exact").Score(expected, answer).ShouldBe(score);
    }

    [Theory]
    [InlineData("ignoreCase: false", "Париж", "париж")]
    [InlineData("ignoreSpace: false", "Париж", "Париж ")]
    [InlineData("ignoreYo: false", "ёж", "еж")]
    public void Each_difference_can_count(string setting, string expected, string answer)
    {
        Metric.Of($"{{kind: exact, {setting}}}").Score(expected, answer).ShouldBe(0);
        Metric.Of("kind: exact").Score(expected, answer).ShouldBe(1);
    }

    [Fact]
    public void Punctuation_counts_unless_told_otherwise()
    {
        Metric.Of("{kind: exact, ignorePunctuation: true}").Score("Париж", "«Париж».").ShouldBe(1);
    }

    [Fact]
    public void A_case_without_an_expected_answer_is_not_measured()
    {
        Metric.Of("kind: exact").Measure(null, "x").ShouldBeOfType<Measurement.NotApplicable>();
    }
}
