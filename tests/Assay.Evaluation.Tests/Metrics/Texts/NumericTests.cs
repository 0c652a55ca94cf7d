using System.Globalization;
using Assay.Evaluation.Metrics;
using FsCheck.Fluent;

namespace Assay.Evaluation.Tests.Metrics.Texts;

public sealed class NumericTests
{
    [Theory]
    [InlineData("308", "The defence gave up 308 points.", 1)]
    [InlineData("308", "The defence gave up 309 points.", 0)]
    [InlineData("1234567.5", "It cost $1,234,567.50.", 1)]
    [InlineData("1234567,5", "Это стоило 1 234 567,50 рубля.", 1)]
    [InlineData("1234", "Итого: 1\u00A0234 ₽", 1)]
    [InlineData("1234", "It has 1,234 pages", 1)]
    [InlineData("1.234", "Всего 1,234 тонны", 1)]
    [InlineData("0.125", "a share of 0,125", 1)]
    [InlineData("3,14", "pi is 3.14", 1)]
    [InlineData("-5", "It was −5 °C", 1)]
    [InlineData("-5", "It was -5 degrees", 1)]
    [InlineData("2016", "in 2015-2016", 1)]
    [InlineData("5000000", "около 5 млн человек", 1)]
    [InlineData("1100000", "1.1 million people", 1)]
    [InlineData("2500", "2,5 тысячи", 1)]
    [InlineData("2", "2 million", 0)]
    [InlineData("1500", "1.5e3", 1)]
    [InlineData("50", "50%", 1)]
    [InlineData("12", "version 1.2.3 of B17 has 12", 1)]
    [InlineData("100", "Chapter 3 100", 1)]
    [InlineData("4", "no number at all", 0)]
    [InlineData("4", "", 0)]
    [InlineData("1", "1.", 1)]
    [InlineData("42", "(42)", 1)]
    [InlineData("68511", "68 511", 1)]
    [InlineData("-5", "ночью –5 °C", 1)]
    [InlineData("30000000000", "$30bn", 1)]
    [InlineData("1960", "the 1960s", 1)]
    [InlineData("1960", "в 1960-х годах", 1)]
    public void Numbers_are_read_as_each_language_writes_them(string expected, string answer, double score)
    {
        Metric.Of("kind: numeric").Score(expected, answer).ShouldBe(score);
    }

    [Theory]
    [InlineData("pick: first", 0)]
    [InlineData("pick: last", 0)]
    [InlineData("pick: any", 1)]
    public void The_number_is_picked_as_told(string setting, double score)
    {
        Metric.Of($"{{kind: numeric, {setting}}}").Score("308", "In 2015 it was 308, not 400").ShouldBe(score);
    }

    [Theory]
    [InlineData("absoluteTolerance: 2", "102", 1)]
    [InlineData("absoluteTolerance: 2", "103", 0)]
    [InlineData("relativeTolerance: 0.05", "95", 1)]
    [InlineData("relativeTolerance: 0.05", "94", 0)]
    public void A_tolerance_is_absolute_or_relative(string setting, string answer, double score)
    {
        Metric.Of($"{{kind: numeric, {setting}}}").Score("100", answer).ShouldBe(score);
    }

    [Fact]
    public void A_language_can_be_told()
    {
        Metric.Of("{kind: numeric, language: ru}").Score("1,234", "1.234").ShouldBe(1);
        Metric.Of("{kind: numeric, language: en}").Score("1234", "1,234").ShouldBe(1);
    }

    [Fact]
    public void An_expected_answer_without_a_number_is_not_measured()
    {
        Metric.Of("kind: numeric").Measure("четырьмя", "4").ShouldBeOfType<Measurement.NotApplicable>();
        Metric.Of("kind: numeric").Measure(null, "4").ShouldBeOfType<Measurement.NotApplicable>();
        Metric.Of("kind: numeric").Measure("8 February 2007", "9 March 2007").ShouldBeOfType<Measurement.NotApplicable>();
    }

    [Fact]
    public void The_reason_says_what_was_read()
    {
        Metric.Of("kind: numeric").Measure("5", "около 7 млн").ShouldBeOfType<Measurement.Value>().Reason.ShouldBe("read 7000000, expected 5");
    }

    [Fact]
    public void What_a_culture_writes_is_read_back()
    {
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                number =>
                {
                    var value = number / 100m;
                    var english = value.ToString("#,##0.00", CultureInfo.InvariantCulture);
                    var russian = english.Replace(',', '\u00A0').Replace('.', ',');
                    var expected = value.ToString(CultureInfo.InvariantCulture);
                    return Metric.Of("{kind: numeric, language: en}").Score(expected, $"is {english} now") == 1
                        && Metric.Of("{kind: numeric, language: ru}").Score(expected.Replace('.', ','), $"это {russian} тут") == 1;
                }
            )
            .Holds();
    }

    [Theory]
    [InlineData('1')]
    [InlineData(',')]
    [InlineData(' ')]
    public void A_megabyte_is_read(char c)
    {
        Metric.Of("kind: numeric").Score("7", string.Concat(Enumerable.Repeat($"1{c}", 1 << 19)) + " so 7").ShouldBe(1);
    }
}
