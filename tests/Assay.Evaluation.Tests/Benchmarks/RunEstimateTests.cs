using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Datasets;
using Assay.Prices;

namespace Assay.Evaluation.Tests.Benchmarks;

public sealed class RunEstimateTests
{
    private static readonly PriceTable Prices = PriceTable.Parse(
        "models:\n  - model: glass-1\n    prices: [{ from: 2020-01-01, input: 2, output: 10 }]\n",
        "prices.yaml"
    );

    [Fact]
    public void A_run_has_a_price_however_many_tokens_it_takes()
    {
        // A million cases of 1,000 characters: 250 million input tokens at $2 a million, 50 million output tokens at $10.
        var estimate = Estimate(Call(50), cases: 1_000_000);
        estimate.InputTokens.ShouldBe(250_000_000);
        estimate.OutputTokens.ShouldBe(50_000_000);
        estimate.Unpriced.ShouldBeEmpty();
        estimate.Cost!.Value.Dollars.ShouldBe(1_000);
    }

    [Fact]
    public void A_small_run_is_priced_to_the_token() => Estimate(Call(50), cases: 1).Cost!.Value.Dollars.ShouldBe(0.001m);

    [Fact]
    public void A_model_without_a_price_makes_the_cost_unknown()
    {
        var estimate = Estimate(Call(50) with { Model = "clay-1" }, cases: 1);
        estimate.Cost.ShouldBeNull();
        estimate.Unpriced.ShouldBe(["clay-1"]);
    }

    [Fact]
    public void An_answer_that_no_prompt_bounds_is_an_estimate_and_no_limit()
    {
        Estimate(Call(50), cases: 10).OutputIsBounded.ShouldBeTrue();
        var open = Estimate(Call(null), cases: 10);
        open.OutputIsBounded.ShouldBeFalse();
        open.OutputTokens.ShouldBe(3_000);
    }

    private static PlannedCall Call(int? mostOutput) => new(IsJudge: false, "glass-1", "", PromptCharacters: 400, mostOutput);

    private static RunEstimate Estimate(PlannedCall call, int cases) =>
        RunEstimate.Of([call], new DatasetIdentity("made", new string('0', 64), cases, cases, cases * 600L), 1, Prices, DateTimeOffset.UnixEpoch.AddYears(56));
}
