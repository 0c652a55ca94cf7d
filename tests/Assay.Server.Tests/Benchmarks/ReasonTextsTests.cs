using Assay.Evaluation.Metrics;
using Assay.Server.Benchmarks;

namespace Assay.Server.Tests.Benchmarks;

public sealed class ReasonTextsTests
{
    [Theory]
    [InlineData("The price is unknown.", "Цена неизвестна.")]
    [InlineData("Has 13 of 38 content words of the reference answer.", "Содержательных слов эталона в ответе: 13 из 38.")]
    [InlineData("2 of 3 claims are supported", "подтверждено утверждений: 2 из 3")]
    [InlineData("1 of 3 claims are supported; not: a, b", "подтверждено утверждений: 1 из 3; нет: a, b")]
    [InlineData("2 of 2 passages are useful", "полезных отрывков: 2 из 2")]
    [InlineData("found: “$1 & <b>”", "найдено: “$1 & <b>”")]
    public void Our_own_sentences_are_told_in_the_readers_language(string english, string russian)
    {
        ReasonTexts.Of(english, "ru", "ru").ShouldBe(new SpokenText(russian, "ru"));
        ReasonTexts.Of(english, "ru", "en").ShouldBe(new SpokenText(english, "en"));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public void What_a_judge_wrote_stays_and_says_its_language(string reader) =>
        ReasonTexts.Of("Все факты есть.", "ru", reader).ShouldBe(new SpokenText("Все факты есть.", "ru"));

    [Fact]
    public void What_cases_lack_is_translated_whatever_lacks()
    {
        Measurement.NotApplicable[] lacking =
        [
            .. new[] { Lacking.Expected, Lacking.Words, Lacking.Judgements, Lacking.Contexts }.Cast<Measurement.NotApplicable>(),
        ];
        lacking.ShouldAllBe(lack => ReasonTexts.Of(lack.Reason, "en", "ru").Language == "ru");
    }
}
