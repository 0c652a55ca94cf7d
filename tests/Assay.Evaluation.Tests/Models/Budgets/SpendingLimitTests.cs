using Assay.Models;
using Assay.Models.Budgets;
using Assay.Models.Calls;
using Assay.Prices;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Tests.Models.Budgets;

public sealed class SpendingLimitTests
{
    // A glass-1 token costs $0.001 in and out.
    private static readonly PriceTable Prices = PriceTable.Parse(
        "models:\n  - model: glass-1\n    prices: [{ from: 2020-01-01, input: 1000, output: 1000 }]\n",
        "prices.yaml"
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_fits_only_after_others_settled_waits_for_them()
    {
        var limit = new SpendingLimit(Money.OfDollars(10));
        using var first = await limit.ReserveAsync(Money.OfDollars(8), Token);
        var second = limit.ReserveAsync(Money.OfDollars(5), Token).AsTask();
        second.IsCompleted.ShouldBeFalse();
        first.Settle(Money.OfDollars(1));
        using var share = await second;
        share.Settle(Money.OfDollars(2));
        limit.Spent.ShouldBe(Money.OfDollars(3));
        limit.Held.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task What_can_never_fit_is_refused_at_once_or_as_soon_as_that_is_known()
    {
        var limit = new SpendingLimit(Money.OfDollars(10));
        using var first = await limit.ReserveAsync(Money.OfDollars(8), Token);
        (await Should.ThrowAsync<ModelCallException>(limit.ReserveAsync(Money.OfDollars(11), Token).AsTask())).StopsWork.ShouldBeTrue();
        var second = limit.ReserveAsync(Money.OfDollars(5), Token).AsTask();
        first.Settle(Money.OfDollars(7));
        (await Should.ThrowAsync<ModelCallException>(second)).Fault.ShouldBe(ModelFault.OverBudget);
    }

    [Fact]
    public async Task What_nobody_settles_counts_as_spent()
    {
        var limit = new SpendingLimit(Money.OfDollars(10));
        (await limit.ReserveAsync(Money.OfDollars(4), Token)).Dispose();
        limit.Spent.ShouldBe(Money.OfDollars(4));
    }

    [Fact]
    public async Task Who_gives_up_waiting_lets_the_next_one_in()
    {
        var limit = new SpendingLimit(Money.OfDollars(10));
        using var first = await limit.ReserveAsync(Money.OfDollars(8), Token);
        using var stop = new CancellationTokenSource();
        var impatient = limit.ReserveAsync(Money.OfDollars(9), stop.Token).AsTask();
        var small = limit.ReserveAsync(Money.OfDollars(2), Token).AsTask();
        small.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        (await small).Most.ShouldBe(Money.OfDollars(2));
    }

    [Fact]
    public async Task Many_calls_at_once_never_spend_more_than_the_limit()
    {
        await using var server = await ModelServer.StartAsync(
            ModelServer.Json("""{"model":"glass-1","choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":100,"completion_tokens":50}}""")
        );
        // A call puts about 370 input and 50 output tokens aside and pays 150.
        var limit = new SpendingLimit(Money.OfDollars(3));
        using var clients = new ModelClients(new ModelSettings { Prices = Prices, Spending = limit });
        var client = clients.Chat(Fixtures.To(server));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => OutcomeAsync(client)));
        outcomes.Count(o => o is null).ShouldBe((int)(limit.Spent.Dollars / 0.15m));
        outcomes.Where(o => o is not null).ShouldAllBe(o => o == ModelFault.OverBudget);
        limit.Spent.Dollars.ShouldBeGreaterThan(2.4m);
        limit.Spent.Dollars.ShouldBeLessThanOrEqualTo(3m);
        limit.Held.ShouldBe(Money.Zero);
        clients.Used.Cost.ShouldBe(limit.Spent);
    }

    [Fact]
    public async Task An_answer_that_nobody_can_read_may_have_been_billed()
    {
        await using var server = await ModelServer.StartAsync(ModelServer.Html("<html>"), ModelServer.Json("{}", 500));
        var limit = new SpendingLimit(Money.OfDollars(3));
        using var clients = new ModelClients(new ModelSettings { Prices = Prices, Spending = limit });
        (await OutcomeAsync(clients.Chat(Fixtures.To(server)))).ShouldBe(ModelFault.Malformed);
        var afterHtml = limit.Spent;
        afterHtml.Dollars.ShouldBeGreaterThan(0.1m);
        (await OutcomeAsync(clients.Chat(Fixtures.To(server)))).ShouldBe(ModelFault.Unavailable);
        limit.Spent.ShouldBe(afterHtml);
        clients.Used.Unpriced.ShouldBe(1);
    }

    [Fact]
    public void A_limit_on_a_model_without_a_price_is_refused_before_anything_is_sent()
    {
        using var clients = new ModelClients(new ModelSettings { Prices = Prices, Spending = new SpendingLimit(Money.OfDollars(3)) });
        var connection = new ModelConnection { Address = new Uri("http://127.0.0.1:9/v1"), Model = "glass-2" };
        var e = Should.Throw<AssayException>(() => clients.Chat(connection));
        e.ExitCode.ShouldBe(ExitCode.WrongUsage);
        e.Message.ShouldContain("glass-2");
        e.Fix.ShouldContain("catalog/prices");
        var allowed = new ModelConnection
        {
            Address = connection.Address,
            Model = "glass-2",
            AllowUnknownPrice = true,
        };
        clients.Chat(allowed).ShouldNotBeNull();
    }

    private static async Task<ModelFault?> OutcomeAsync(IChatClient client)
    {
        try
        {
            await client.GetResponseAsync("Hi", new ChatOptions { MaxOutputTokens = 50 }, Token);
            return null;
        }
        catch (ModelCallException e)
        {
            return e.Fault;
        }
    }
}
