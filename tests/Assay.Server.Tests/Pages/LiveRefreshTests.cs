using Assay.Server.Tests.Slos;
using Microsoft.Playwright;

namespace Assay.Server.Tests.Pages;

public sealed class LiveRefreshTests(PagesFixture pages)
{
    [Fact]
    public async Task What_is_new_appears_by_itself_and_scroll_focus_and_choice_stay()
    {
        await using var hub = await RunningHub.StartAsync();
        await AskTraffic.SendAsync(hub.Otlp, good: 40, bad: 0);
        await using var visit = await OpenAsync(hub, "/traces");
        var page = visit.Page;
        var first = page.Locator("tbody th a").First;
        var address = await first.GetAttributeAsync("href");
        await first.FocusAsync();
        await page.EvaluateAsync("() => { window.mark = 1; scrollTo(0, 200); }");
        await AskTraffic.SendAsync(hub.Otlp, good: 0, bad: 2, service: "other");

        await page.Clock.RunForAsync(11_000);
        await page.GetByText("Failed").Nth(2).WaitForAsync(); // the filter's option, and two rows

        (await page.Locator("tbody tr").CountAsync()).ShouldBe(42);
        (await page.EvaluateAsync<int>("() => window.mark")).ShouldBe(1, "the page was not loaded anew");
        (await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')")).ShouldBe(address, "focus stays on its row");
        (await page.EvaluateAsync<int>("() => scrollY")).ShouldBeGreaterThan(100);
        (await page.Locator("#f-service option").AllInnerTextsAsync()).ShouldContain("other");
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Charts_follow_and_stay_drawn()
    {
        await using var hub = await RunningHub.StartAsync();
        await AskTraffic.SendAsync(hub.Otlp, good: 5, bad: 0, durationMs: 20);
        await using var visit = await OpenAsync(hub, "/");
        var before = await visit.Page.Locator("#latency").Locator("xpath=ancestor::figure").Locator(".canvas").GetAttributeAsync("data-chart");
        var drawn = await visit.Page.Locator("figure[aria-labelledby=latency] svg").InnerHTMLAsync();
        await AskTraffic.SendAsync(hub.Otlp, good: 5, bad: 0, durationMs: 900);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Refresh" }).ClickAsync();
        await visit.Page.WaitForFunctionAsync("was => document.querySelector('.canvas').dataset.chart !== was", before);

        // The drawing follows its data.
        await visit.Page.WaitForFunctionAsync("was => document.querySelector('figure[aria-labelledby=latency] svg')?.innerHTML !== was", drawn);
        await visit.SettledAsync();
        (await visit.Page.Locator("figure.chart.drawn .canvas svg").CountAsync()).ShouldBe(await visit.Page.Locator("figure.chart").CountAsync());
        (await visit.Page.Locator("figure.chart details[open]").CountAsync()).ShouldBe(0);
        (await visit.AxeAsync()).ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_switch_holds_on_the_next_page_too()
    {
        await using var hub = await RunningHub.StartAsync();
        await using var visit = await OpenAsync(hub, "/traces");
        var button = visit.Page.GetByRole(AriaRole.Button, new() { Name = "every 10 s" });
        (await button.GetAttributeAsync("aria-pressed")).ShouldBe("true");
        await button.ClickAsync();
        (await button.GetAttributeAsync("aria-pressed")).ShouldBe("false");

        await visit.Page.GotoAsync(new Uri(hub.Addresses.Pages, "/slos").AbsoluteUri);
        (await button.GetAttributeAsync("aria-pressed")).ShouldBe("false");
        var asked = 0;
        visit.Page.Request += (_, _) => asked++;
        await visit.Page.Clock.RunForAsync(30_000);
        asked.ShouldBe(0);
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_is_told_and_the_page_stays()
    {
        await using var hub = await RunningHub.StartAsync();
        await AskTraffic.SendAsync(hub.Otlp, good: 3, bad: 0);
        await using var visit = await OpenAsync(hub, "/traces");
        await visit.Page.RouteAsync("**/traces", route => route.AbortAsync());
        await visit.Page.Clock.RunForAsync(11_000);
        await visit.Page.GetByText("the hub does not answer").WaitForAsync();
        (await visit.Page.Locator("tbody tr").CountAsync()).ShouldBe(3);
        (await visit.AxeAsync()).ShouldBeEmpty();

        await visit.Page.UnrouteAllAsync();
        await visit.Page.Clock.RunForAsync(11_000);
        await visit.Page.GetByText("Updated").WaitForAsync();
    }

    [Fact]
    public async Task Without_script_there_is_a_link_and_no_switch()
    {
        var hub = await pages.Filled;
        await using var visit = await VisitedPage.OpenAsync(await pages.BrowserAsync(), hub.Addresses.Pages, "/traces?range=7d", Look.Desktop, script: false);

        (await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Refresh" }).GetAttributeAsync("href")).ShouldBe("/traces?range=7d");
        (await visit.Page.Locator(".live button").IsVisibleAsync()).ShouldBeFalse();
    }

    /// <summary>A page whose clock the test moves.</summary>
    private async Task<VisitedPage> OpenAsync(RunningHub hub, string path)
    {
        var visit = await VisitedPage.OpenAsync(await pages.BrowserAsync(), hub.Addresses.Pages, path, Look.Desktop);
        await visit.Page.Clock.InstallAsync();
        await visit.Page.ReloadAsync();
        return visit;
    }
}
