using System.Net;
using Assay.Server.Tests.Pages;

namespace Assay.Server.Tests.Costs;

public sealed class CostsPageTests(PagesFixture pages)
{
    public static TheoryData<bool, Look> Visits => [.. from isEmpty in new[] { false, true } from look in Look.All select (isEmpty, look)];

    [Theory]
    [MemberData(nameof(Visits))]
    public async Task The_page_is_accessible_fits_its_width_and_complains_of_nothing(bool isEmpty, Look look)
    {
        var hub = await (isEmpty ? pages.Empty : pages.Filled);
        await using var visit = await pages.LookAsync(hub, "/costs", look);
        await visit.KeepPictureAsync($"costs-{(isEmpty ? "empty-" : "")}{look}");

        await visit.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Without_script_the_page_shows_totals_tables_and_what_has_no_price()
    {
        await using var visit = await VisitedPage.OpenAsync(
            await pages.BrowserAsync(),
            (await pages.Filled).Addresses.Pages,
            "/costs",
            Look.Desktop,
            script: false
        );
        var page = visit.Page;
        (await page.Locator(".tile dt").AllInnerTextsAsync()).ShouldBe([
            "Cost",
            "Cost per 1,000 requests",
            "Avoided by cache",
            "Spent on retries",
            "Calls without a price",
        ]);
        var house = page.Locator("section[aria-labelledby=by-model] tr", new() { HasText = "house-model" });
        (await house.Locator("td").First.InnerTextAsync()).ShouldBe("unknown");
        var entry = page.Locator("section[aria-labelledby=unknown] tr", new() { HasText = "house-model" }).Locator("code");
        (await entry.InnerTextAsync()).ShouldStartWith("- model: \"house-model\"\n  prices:\n    - { from: 2026-03-12, input: ");
        (await page.Locator("main h2").AllInnerTextsAsync()).ShouldBe([
            "Calls without a price",
            "Cost per hour",
            "By model",
            "By prompt version",
            "By operation",
            "By service version",
            "By variant",
        ]);
    }

    [Fact]
    public async Task Costs_of_one_service_are_shown_in_Russian()
    {
        var hub = await pages.Filled;
        var answer = await Answered.GetAsync(hub.Client, "/costs?service=digest-bot", ("Accept-Language", "ru"));
        var text = WebUtility.HtmlDecode(answer.Text);
        answer.Status.ShouldBe(200);
        text.ShouldContain("Вызовы без цены");
        text.ShouldContain("неизвестно");
        text.ShouldNotContain("gpt-4.1-mini");
    }

    [Fact]
    public async Task A_broken_price_file_is_told_on_top_of_the_page()
    {
        await using var hub = await PricedHub.StartAsync();
        var book = hub.Hub.Services.GetService(typeof(Assay.Server.Costs.PriceBook)).ShouldBeOfType<Assay.Server.Costs.PriceBook>();
        PricedHub.Write(hub, "models: [{ model: fox }]");
        book.Refresh();

        var text = WebUtility.HtmlDecode((await Answered.GetAsync(hub.Client, "/costs")).Text);

        text.ShouldContain("The price files as they are now are not in force.");
        text.ShouldContain("prices.yaml:1: 'fox' has no prices.");
        text.ShouldContain("The last good prices stay in force.");
    }
}
