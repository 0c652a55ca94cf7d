using Assay.Server.Costs;
using Assay.Server.Hosting;
using Assay.Server.Tests.Slos;
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

    [Fact]
    public void A_file_that_could_not_be_read_is_read_as_soon_as_it_can_be_and_told_of_once()
    {
        using var folder = new TempFolder();
        var (file, target) = (folder.File("catalog/prices/prices.yaml"), folder.File("elsewhere.yaml"));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var book = new PriceBook(new HubOptions { CatalogFolder = folder.File("catalog") }, TimeProvider.System);
        book.Load();

        // As with permissions, what makes this file readable changes neither its time nor its length.
        File.CreateSymbolicLink(file, target);
        book.Refresh().ShouldBeTrue();
        book.State.Fault.ShouldNotBeNull().Problem.ShouldContain("Cannot read");
        book.Refresh().ShouldBeFalse("it was told already");
        File.WriteAllText(target, PricedHub.Prices);
        book.Refresh().ShouldBeTrue();
        book.State.Fault.ShouldBeNull();
        Pico(book).ShouldBe(4_000_000_000);
        book.Refresh().ShouldBeFalse("nothing changed");
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
