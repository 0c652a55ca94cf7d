using System.Net;
using System.Text.RegularExpressions;
using Assay.Server.Tests.Pages;
using Microsoft.Playwright;

namespace Assay.Server.Tests.Decisions;

public sealed class DecisionsPageTests(PagesFixture pages)
{
    public static TheoryData<string, Look> Visits => [.. from page in new[] { "list", "detail", "empty", "missing" } from look in Look.All select (page, look)];

    [Theory]
    [MemberData(nameof(Visits))]
    public async Task A_page_of_decisions_is_accessible_fits_its_width_and_complains_of_nothing(string page, Look look)
    {
        var hub = await (page == "empty" ? pages.Empty : pages.Filled);
        var path = page switch
        {
            "detail" => await DetailAsync(hub),
            "missing" => "/decisions/none-nothing",
            _ => "/decisions",
        };
        await using var visit = await pages.LookAsync(hub, path, look);
        await visit.KeepPictureAsync($"decisions-{page}-{look}");

        await visit.ShouldBeSoundAsync(page == "missing");
    }

    [Fact]
    public async Task From_the_list_a_decision_opens_and_from_it_its_trace()
    {
        var hub = await pages.Filled;
        await using var visit = await VisitedPage.OpenAsync(await pages.BrowserAsync(), hub.Addresses.Pages, "/decisions", Look.Desktop);
        var page = visit.Page;
        (await page.Locator("tbody tr").CountAsync()).ShouldBe(2);
        (await page.Locator("tbody tr").First.InnerTextAsync()).ShouldContain("40 candidates");

        await page.GetByRole(AriaRole.Link, new() { Name = "40 candidates" }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("retrieval depth");
        (await page.Locator(".decision").InnerTextAsync()).ShouldContain("The question names two documents.");
        (await page.Locator("tbody tr").InnerTextAsync()).ShouldContain("question.words");

        await page.GetByRole(AriaRole.Link, new() { Name = "Open the trace" }).ClickAsync();
        await visit.SettledAsync();
        page.Url.ShouldEndWith($"/traces/{pages.Traffic.Shown}");
        (await page.Locator("#decisions").CountAsync()).ShouldBe(1, "the trace shows the decision too");
    }

    [Fact]
    public async Task A_verdict_stands_before_its_reason_in_Russian_too()
    {
        var hub = await pages.Filled;
        var list = WebUtility.HtmlDecode((await Answered.GetAsync(hub.Client, "/decisions", ("Accept-Language", "ru"))).Text);
        list.ShouldContain("Не решено");
        list.ShouldContain("Данные");
        var path = list.Split("href=\"/decisions/")
            .Skip(1)
            .Select(part => "/decisions/" + part.Split('"')[0])
            .First(p => p.Contains("none-", StringComparison.Ordinal));
        var detail = WebUtility.HtmlDecode((await Answered.GetAsync(hub.Client, path, ("Accept-Language", "ru"))).Text);
        detail.ShouldContain("На каких данных");
        detail.ShouldContain("rag.fallback_rate");
        detail.ShouldContain("token sample");
        detail.ShouldContain("не указана");
    }

    [Fact]
    public async Task Decisions_of_one_trace_are_listed_alone()
    {
        var hub = await pages.Filled;
        (await Answered.GetAsync(hub.Client, $"/decisions?trace={pages.Traffic.Shown}")).Text.ShouldNotContain("hold at 25 %");
        (await Answered.GetAsync(hub.Client, $"/decisions?trace={pages.Traffic.Partial}")).Text.ShouldContain("Nothing was decided in this trace.");
    }

    [Fact]
    public async Task The_empty_page_shows_a_command_that_records_one()
    {
        var hub = await pages.Empty;
        var text = WebUtility.HtmlDecode((await Answered.GetAsync(hub.Client, "/decisions")).Text);
        text.ShouldContain($"curl {hub.Addresses.Pages}api/v1/decisions");
        var json = text.Split("-d '")[1].Split('\'')[0];
        await using var other = await RunningHub.StartAsync();
        (await Answered.PostJsonAsync(other.Admin, "/api/v1/decisions", json)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task What_a_sender_wrote_is_text_and_only_a_path_of_the_hub_is_a_link()
    {
        await using var hub = await RunningHub.StartAsync();
        const string Sent = """
            {"by":"<b>gate</b>","subject":"<script>alert(1)</script>","choice":"go <img src=x onerror=alert(1)>","reason":"\"><svg onload=alert(1)>",
             "inputs":[{"name":"a","value":"<i>","source":"javascript:alert(1)"},{"name":"b","value":"1","source":"//evil.example"},
                       {"name":"c","value":"1","source":"/slos"},{"name":"d","value":"1","source":"/\\evil.example"},
                       {"name":"e","value":"1","source":"/\t/evil.example"}],"key":"k1"}
            """;
        (await Answered.PostJsonAsync(hub.Admin, "/api/v1/decisions", Sent)).Status.ShouldBe(201);
        foreach (var path in new[] { "/decisions", "/decisions/none-k1", "/" })
        {
            var text = (await Answered.GetAsync(hub.Client, path)).Text;
            string[] live = ["<script>alert", "<img src", "<svg onload", "<b>gate", "href=\"javascript", "href=\"//evil", "href=\"/\\evil"];
            live.Where(l => text.Contains(l, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(path);
        }

        var detail = (await Answered.GetAsync(hub.Client, "/decisions/none-k1")).Text;
        detail.ShouldContain("<a href=\"/slos\">/slos</a>");
        Regex.Count(detail[detail.IndexOf("id=\"inputs\"", StringComparison.Ordinal)..].Split("</table>")[0], "<a ").ShouldBe(1, "a browser strips the tab");
    }

    private static async Task<string> DetailAsync(RunningHub hub) =>
        "/decisions/" + (await Answered.GetAsync(hub.Client, "/api/v1/decisions")).Json.GetProperty("decisions")[0].GetProperty("id").GetString();
}
