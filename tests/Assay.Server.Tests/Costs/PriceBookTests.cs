using Assay.Server.Costs;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Costs;

public sealed class PriceBookTests
{
    [Fact]
    public async Task An_edit_is_in_force_within_seconds_and_a_broken_one_keeps_the_last_good_prices_and_says_so()
    {
        await using var hub = await PricedHub.StartAsync();
        var book = hub.Hub.Services.GetRequiredService<PriceBook>();
        Pico(book).ShouldBe(4_000_000_000);

        PricedHub.Write(hub, "models: [{ model: fox, prices: [{ from: 2026-01-01, input: 2, output: 3 }] }]");
        await UntilAsync(() => Pico(book) == 5_000_000_000);

        PricedHub.Write(hub, "models: [{ model: fox, prices: [{ from: 2026-01-01, input: -2 }] }]");
        await UntilAsync(() => book.State.Fault is not null);
        Pico(book).ShouldBe(5_000_000_000);
        var prices = (await Answered.GetAsync(hub.Client, "/api/v1/costs")).Json.GetProperty("prices");
        prices.GetProperty("fault").GetString()!.ShouldContain("prices.yaml:1: 'input: -2' of 'fox' is no price.");
        prices.GetProperty("fix").GetString().ShouldNotBeNullOrEmpty();
        (await File.ReadAllTextAsync(Path.Combine(hub.Folder, "logs", "hub.log"), TestContext.Current.CancellationToken)).ShouldContain("is no price");

        PricedHub.Write(hub, PricedHub.Prices);
        await UntilAsync(() => book.State.Fault is null);
        Pico(book).ShouldBe(4_000_000_000);
    }

    [Fact]
    public async Task A_wrong_price_file_ends_the_start()
    {
        var error = await Should.ThrowAsync<AssayException>(() => PricedHub.StartAsync("models: [{ model: fox, price: 1 }]"));
        error.Message.ShouldContain("prices.yaml:1: unknown key 'price'.");
        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Fact]
    public async Task A_folder_that_comes_later_is_read()
    {
        await using var hub = await RunningHub.StartAsync();
        var book = hub.Hub.Services.GetRequiredService<PriceBook>();
        Directory.CreateDirectory(Path.Combine(hub.Folder, "catalog", "prices"));
        PricedHub.Write(hub, PricedHub.Prices);
        await UntilAsync(() => book.State.Table.Models.Count == 2);
    }

    private static long Pico(PriceBook book) => book.Price(Traffic.Call("fox")).Cost.Pico;

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience.Longest);
        while (!isSo())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
