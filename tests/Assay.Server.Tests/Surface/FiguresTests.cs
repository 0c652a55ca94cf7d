using Assay.Prices;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Tests.Surface;

public sealed class FiguresTests
{
    private static readonly Figures English = new(Language.En);
    private static readonly Figures Russian = new(Language.Ru);

    [Theory]
    [InlineData(412860, "412,860", "412 860")]
    [InlineData(0, "0", "0")]
    [InlineData(-1200, "−1,200", "−1 200")]
    public void Counts_are_grouped_as_the_language_does(long n, string en, string ru)
    {
        English.Count(n).ShouldBe(en);
        Plain(Russian.Count(n)).ShouldBe(ru);
    }

    [Theory]
    [InlineData(0.00031, "0.0310 %", "0,0310 %")]
    [InlineData(0.24, "24.0 %", "24,0 %")]
    [InlineData(0, "0 %", "0 %")]
    public void A_share_is_a_percentage_of_three_digits(double share, string en, string ru)
    {
        Plain(English.Percent(share)).ShouldBe(en);
        Plain(Russian.Percent(share)).ShouldBe(ru);
    }

    [Theory]
    [InlineData(0.42, "0.42 ms", "0,42 мс")]
    [InlineData(8.2, "8.2 ms", "8,2 мс")]
    [InlineData(1284, "1,284 ms", "1 284 мс")]
    [InlineData(12_400, "12.4 s", "12,4 с")]
    [InlineData(200_000, "3 min 20 s", "3 мин 20 с")]
    [InlineData(7_800_000, "2 h 10 min", "2 ч 10 мин")]
    public void Durations_are_in_milliseconds_below_ten_seconds_and_in_words_from_two_minutes(double ms, string en, string ru)
    {
        Plain(English.Duration(ms).ToString()).ShouldBe(en);
        Plain(Russian.Duration(ms).ToString()).ShouldBe(ru);
    }

    [Theory]
    [InlineData("3.87", "$3.87")]
    [InlineData("0.003517", "$0.00352")]
    [InlineData("0.0000003", "$0.0000003")]
    [InlineData("66.571", "$66.57")]
    [InlineData("12345.6", "$12,346")]
    [InlineData("0", "$0")]
    public void Small_amounts_keep_three_digits_and_large_ones_lose_their_cents(string dollars, string text) =>
        English.Cost(Money.OfDollars(decimal.Parse(dollars))).ShouldBe(text);

    [Theory]
    [InlineData(3, "3.00", "3,00")]
    [InlineData(0.075, "0.075", "0,075")]
    [InlineData(0.0125, "0.0125", "0,0125")]
    [InlineData(1.5, "1.50", "1,50")]
    public void A_price_has_all_digits_that_it_has(double dollars, string en, string ru)
    {
        English.Price(dollars).ShouldBe(en);
        Russian.Price(dollars).ShouldBe(ru);
    }

    [Fact]
    public void What_is_not_known_is_a_dash()
    {
        English.Count(null).ShouldBe("–");
        English.Percent(null).ShouldBe("–");
        English.Duration(null).ToString().ShouldBe("–");
        English.Cost(null).ShouldBe("–");
    }

    [Fact]
    public void Numbers_stand_beside_the_right_form_of_their_noun()
    {
        var noun = new Noun("request", "requests", "запрос", "запроса", "запросов");
        string Of(long n) => Plain(Russian.Count(n, noun));

        (Of(1), Of(3), Of(5), Of(11), Of(21), Of(112)).ShouldBe(("1 запрос", "3 запроса", "5 запросов", "11 запросов", "21 запрос", "112 запросов"));
        Plain(English.Count(1, noun)).ShouldBe("1 request");
        Plain(English.Count(0, noun)).ShouldBe("0 requests");
    }

    [Fact]
    public void Times_are_in_utc()
    {
        var at = new DateTimeOffset(2026, 3, 12, 17, 21, 7, 318, TimeSpan.FromHours(3));

        Plain(English.Precise(at)).ShouldBe("12 Mar 2026, 14:21:07.318 UTC");
        Plain(Russian.Precise(at)).ShouldBe("12 мар. 2026, 14:21:07,318 UTC");
    }

    private static string Plain(string text) => text.Replace('\u00a0', ' ');
}
