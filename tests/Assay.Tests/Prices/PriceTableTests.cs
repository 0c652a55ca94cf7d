using Assay.Prices;

namespace Assay.Tests.Prices;

public sealed class PriceTableTests
{
    private static readonly PriceTable Table = PriceTable.Parse(
        """
        source: https://example.com/prices
        checked: 2026-10-01
        models:
          - model: fox-4-mini
            aliases: [vendor/fox-4-mini, fox-mini-latest]
            prices:
              - { from: 2026-01-01, input: 0.40, cachedInput: 0.10, output: 1.60 }
              - { from: 2026-07-01, input: 0.30, cachedInput: 0.03, output: 1.20, reasoning: 2.40, cacheWrite: 0.375 }
          - model: fox-4-mini-2026-03-03
            prices:
              - { from: 2026-01-01, input: 9, output: 9 }
          - model: fox-embed
            prices:
              - { from: 2026-01-01, before: 2026-09-01, input: 0.02 }
          - model: wolf
            provider: north
            prices:
              - { from: 2026-01-01, input: 1, output: 2 }
          - model: wolf
            prices:
              - { from: 2026-01-01, input: 3, output: 4 }
          - model: bear
            provider: north
            prices:
              - { from: 2026-01-01, input: 5, output: 6 }
        """,
        "prices.yaml"
    );

    private static readonly TokenUsage Thousand = new(1_000, 0, 0, 1_000, 0);

    [Fact]
    public void A_token_costs_what_a_million_cost_divided_by_a_million_to_the_last_digit()
    {
        Cost("fox-4-mini", new TokenUsage(1, 0, 0, 0, 0)).Pico.ShouldBe(400_000);
        Cost("fox-4-mini", new TokenUsage(1_000_003, 7, 0, 13, 0)).ToString().ShouldBe("0.4000227");
    }

    [Fact]
    public void Cached_tokens_are_billed_once_at_their_own_price() =>
        Cost("fox-4-mini", new TokenUsage(200, 800, 0, 0, 0)).ShouldBe(new Money((200 * 400_000) + (800 * 100_000)));

    [Fact]
    public void Reasoning_is_billed_once_as_output_where_it_has_no_price_of_its_own() =>
        Cost("fox-4-mini", new TokenUsage(0, 0, 0, 100, 900)).ShouldBe(new Money(1_000 * 1_600_000));

    [Fact]
    public void Reasoning_and_cache_writes_have_their_own_price_where_the_file_gives_one() =>
        Cost("fox-4-mini", new TokenUsage(0, 0, 8, 0, 5), "2026-07-01").ShouldBe(new Money((8 * 375_000) + (5 * 2_400_000)));

    [Fact]
    public void Cached_input_and_cache_writes_without_a_price_are_input() => Cost("wolf", new TokenUsage(1, 2, 3, 0, 0)).ShouldBe(new Money(6 * 3_000_000));

    [Fact]
    public void A_price_holds_from_its_day_at_midnight_in_UTC()
    {
        Cost("fox-4-mini", Thousand, "2026-06-30T23:59:59.9999999Z").ShouldBe(Money.OfDollars(0.002m));
        Cost("fox-4-mini", Thousand, "2026-07-01T00:00:00Z").ShouldBe(Money.OfDollars(0.0015m));
        Cost("fox-4-mini", Thousand, "2026-07-01T01:00:00+03:00").ShouldBe(Money.OfDollars(0.002m));
    }

    [Fact]
    public void Before_the_first_day_and_after_the_last_the_price_is_unknown()
    {
        Priced("fox-embed", new TokenUsage(10, 0, 0, 0, 0), "2025-12-31").Pricing.ShouldBe(Pricing.UnknownModel);
        Priced("fox-embed", new TokenUsage(10, 0, 0, 0, 0), "2026-08-31").Pricing.ShouldBe(Pricing.Priced);
        Priced("fox-embed", new TokenUsage(10, 0, 0, 0, 0), "2026-09-01").Pricing.ShouldBe(Pricing.UnknownModel);
    }

    [Theory]
    [InlineData("fox-4-mini", 400_000)]
    [InlineData("vendor/fox-4-mini", 400_000)]
    [InlineData("fox-mini-latest", 400_000)]
    [InlineData("fox-4-mini-2025-04-14", 400_000)]
    [InlineData("fox-4-mini-20250414", 400_000)]
    [InlineData("fox-4-mini@20250414", 400_000)]
    [InlineData("vendor/fox-4-mini-2025-04-14", 400_000)]
    [InlineData("fox-4-mini-2026-03-03", 9_000_000)]
    public void A_model_is_found_by_name_alias_or_name_with_a_day(string name, long pico) => Cost(name, new TokenUsage(1, 0, 0, 0, 0)).Pico.ShouldBe(pico);

    [Theory]
    [InlineData("")]
    [InlineData("fox")]
    [InlineData("fox-4-mini-turbo")]
    [InlineData("Fox-4-Mini")]
    [InlineData("fox-4-mini-2025-13-14")]
    [InlineData("fox-4-mini-0613")]
    [InlineData("fox-4-mini-2025-04-14-2025-04-14")]
    [InlineData("fox-4-mini:2025-04-14")]
    [InlineData("-2025-04-14")]
    public void A_name_that_merely_looks_like_it_is_unknown(string name)
    {
        var use = Priced(name, Thousand);
        use.Pricing.ShouldBe(Pricing.UnknownModel);
        use.Model.ShouldBe(name);
        use.Tokens.ShouldBe(Thousand);
        ModelUseTotals.Of(use).Unpriced.ShouldBe(1);
    }

    [Fact]
    public void Prices_of_one_provider_are_not_those_of_another()
    {
        Cost("wolf", Thousand, provider: "north").ShouldBe(Money.OfDollars(0.003m));
        Cost("wolf", Thousand, provider: "south").ShouldBe(Money.OfDollars(0.007m));
        Cost("wolf", Thousand).ShouldBe(Money.OfDollars(0.007m));
        Cost("bear", Thousand).ShouldBe(Money.OfDollars(0.011m));
        Priced("bear", Thousand, provider: "south").Pricing.ShouldBe(Pricing.UnknownModel);
    }

    [Fact]
    public void A_call_without_tokens_is_unknown_and_never_0()
    {
        var use = Table.Price(new ModelCall("fox-4-mini", "", null, IsRetry: false, IsCacheHit: false, At("2026-03-01")));
        use.Pricing.ShouldBe(Pricing.UnknownTokens);
        ModelUseTotals.Of(use).ShouldBe(default(ModelUseTotals) with { Calls = 1, Unpriced = 1 });
    }

    [Fact]
    public void Output_of_a_model_that_has_no_price_for_output_is_unknown() =>
        Priced("fox-embed", new TokenUsage(10, 0, 0, 1, 0)).Pricing.ShouldBe(Pricing.UnknownModel);

    [Fact]
    public void A_retry_is_paid_and_stands_apart()
    {
        var totals = ModelUseTotals.Of(Priced("fox-4-mini", Thousand)) + ModelUseTotals.Of(Priced("fox-4-mini", Thousand, isRetry: true));
        totals.Cost.ShouldBe(Money.OfDollars(0.004m));
        totals.RetryCost.ShouldBe(Money.OfDollars(0.002m));
        totals.Retries.ShouldBe(1);
    }

    [Fact]
    public void A_cache_hit_costs_nothing_and_what_it_saved_is_known()
    {
        var totals = ModelUseTotals.Of(Priced("fox-4-mini", Thousand, isCacheHit: true));
        totals.Cost.ShouldBe(Money.Zero);
        totals.Avoided.ShouldBe(Money.OfDollars(0.002m));
        totals.Tokens.ShouldBe(default);
        totals.Unpriced.ShouldBe(0);
    }

    [Fact]
    public void A_cache_hit_without_a_price_saved_an_unknown_amount() => Priced("cat", Thousand, isCacheHit: true).Pricing.ShouldBe(Pricing.UnknownModel);

    [Theory]
    [InlineData(-1)]
    [InlineData(TokenPrices.MaxTokens + 1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Counts_that_no_model_can_have_are_unknown(long tokens) =>
        Priced("fox-4-mini", new TokenUsage(tokens, 0, 0, 0, 0)).Pricing.ShouldBe(Pricing.UnknownTokens);

    [Fact]
    public void The_highest_price_of_the_most_tokens_stays_within_money()
    {
        var prices = new TokenPrices(
            TokenPrices.MaxPicoPerToken,
            TokenPrices.MaxPicoPerToken,
            TokenPrices.MaxPicoPerToken,
            TokenPrices.MaxPicoPerToken,
            TokenPrices.MaxPicoPerToken
        );
        var most = TokenPrices.MaxTokens;
        prices.CostOf(new TokenUsage(most, most, most, most, most)).ShouldBe(Money.OfDollars(5_000_000));
    }

    [Fact]
    public void The_empty_table_knows_nothing() =>
        PriceTable.Empty.Price(new ModelCall("x", "", Thousand, false, false, 0)).Pricing.ShouldBe(Pricing.UnknownModel);

    private static Money Cost(string model, TokenUsage tokens, string at = "2026-03-01", string provider = "")
    {
        var use = Priced(model, tokens, at, provider);
        use.Pricing.ShouldBe(Pricing.Priced);
        return use.Cost;
    }

    private static ModelUse Priced(
        string model,
        TokenUsage tokens,
        string at = "2026-03-01",
        string provider = "",
        bool isRetry = false,
        bool isCacheHit = false
    ) => Table.Price(new ModelCall(model, provider, tokens, isRetry, isCacheHit, At(at)));

    private static long At(string time) =>
        (DateTimeOffset.Parse(time, null, System.Globalization.DateTimeStyles.AssumeUniversal) - DateTimeOffset.UnixEpoch).Ticks * 100;
}
