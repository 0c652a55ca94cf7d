using Microsoft.Playwright;

namespace Assay.Server.Tests.Pages;

public sealed class PageActionsTests(PagesFixture pages)
{
    [Fact]
    public async Task Charts_are_drawn_and_their_tables_close()
    {
        await using var visit = await VisitAsync("/", Look.Desktop);

        (await visit.Page.Locator("figure.chart").CountAsync()).ShouldBe(3);
        (await visit.Page.Locator("figure.chart.drawn .canvas svg").CountAsync()).ShouldBe(3);
        (await visit.Page.Locator("figure.chart details[open]").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Without_script_the_same_numbers_stand_in_tables()
    {
        await using var visit = await VisitAsync("/", Look.Desktop, script: false);

        (await visit.Page.Locator("figure.chart details[open] table").CountAsync()).ShouldBe(3);
        (await visit.Page.Locator("figure.chart .canvas:visible").CountAsync()).ShouldBe(0);
        (await visit.Page.Locator("figure.chart tbody tr").CountAsync()).ShouldBeGreaterThan(90);
        (await visit.OverflowAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_reader_changes_language_and_theme_and_stays_on_the_page()
    {
        await using var visit = await VisitAsync("/traces?range=7d", Look.Desktop);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "RU", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Тёмная" }).ClickAsync();
        await visit.SettledAsync();

        visit.Page.Url.ShouldEndWith("/traces?range=7d");
        (await visit.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe("ru");
        (await visit.Page.Locator("html").GetAttributeAsync("data-theme")).ShouldBe("dark");
        (await visit.Page.Locator("h1").InnerTextAsync()).ShouldBe("Трассы");
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task A_choice_never_leads_away_from_the_hub(string back)
    {
        var hub = await pages.Filled;
        using var answer = await hub.Client.GetAsync("/display?theme=dark&back=" + Uri.EscapeDataString(back), TestContext.Current.CancellationToken);

        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task A_page_is_used_with_the_keyboard_alone()
    {
        await using var visit = await VisitAsync("/traces", Look.Desktop);

        await visit.Page.Keyboard.PressAsync("Tab");
        (await visit.Page.EvaluateAsync<string>("() => document.activeElement.className")).ShouldBe("skip");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator("#f-name").FocusAsync();
        await visit.Page.Keyboard.TypeAsync("digest");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/traces?*name=digest*");
        await visit.SettledAsync();
        await visit.FollowAsync(visit.Page.Locator("tbody th a").First, "**/traces/51de*");

        (await visit.Page.Locator("h1").InnerTextAsync()).ShouldBe("digest channel");
    }

    [Fact]
    public async Task The_menu_of_a_narrow_screen_opens_and_closes()
    {
        await using var visit = await VisitAsync("/", Look.All[3]);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await visit.Page.Locator("#nav").WaitForAsync();
        (await visit.AxeAsync()).ShouldBeEmpty();
        await visit.KeepPictureAsync("menu-" + Look.All[3]);
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Locator("#nav").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [Fact]
    public async Task A_span_is_chosen_by_its_address()
    {
        await using var visit = await VisitAsync($"/traces/{pages.Traffic.Shown}", Look.Desktop);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "chat" }).ClickAsync();
        await visit.SettledAsync();

        (await visit.Page.Locator("tr[aria-current] a").InnerTextAsync()).ShouldBe("chat");
        (await visit.Page.Locator("#span").InnerTextAsync()).ShouldContain("gpt-4.1-mini");
        (await visit.Page.GetByText("Cached input").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_list_is_read_page_by_page()
    {
        await using var visit = await VisitAsync("/traces", Look.Desktop);
        var first = await visit.Page.Locator("tbody th a").First.GetAttributeAsync("href");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        (await visit.Page.Locator("tbody th a").First.GetAttributeAsync("href")).ShouldNotBe(first);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Newest" }).ClickAsync();

        (await visit.Page.Locator("tbody th a").First.GetAttributeAsync("href")).ShouldBe(first);
    }

    private async Task<VisitedPage> VisitAsync(string path, Look look, bool script = true) =>
        await VisitedPage.OpenAsync(await pages.BrowserAsync(), (await pages.Filled).Addresses.Pages, path, look, script);
}
