using System.Net;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assay.Server.Tests.Pages;

public sealed class ErrorPagesTests(PagesFixture pages)
{
    private static readonly (string, string) Browser = ("Accept", "text/html,application/xhtml+xml");

    public static TheoryData<string, Look> Visits =>
        [.. from path in new[] { "/no-such-page?x=<b>", "/signin?code=used" } from look in Look.All select (path, look)];

    [Theory]
    [MemberData(nameof(Visits))]
    public async Task The_page_of_an_error_is_accessible_and_fits_its_width(string path, Look look)
    {
        var hub = await pages.Empty;
        await using var visit = await pages.LookAsync(hub, path, look);
        await visit.KeepPictureAsync($"error-{(path.Contains("signin", StringComparison.Ordinal) ? "401" : "404")}-{look}");

        (await visit.AxeAsync()).ShouldBeEmpty();
        (await visit.OverflowAsync()).ShouldBe(0);
        visit.Complaints.Where(c => !c.Contains("the server responded with a status of 40")).ShouldBeEmpty();
        (await visit.Page.Locator("h1").CountAsync()).ShouldBe(1);
        (await visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.card')).display")).ShouldBe(
            "grid",
            "the style sheet is there"
        );
    }

    [Theory]
    [InlineData("en", "Sign in to see this page")]
    [InlineData("ru", "нужен вход")]
    public async Task A_browser_without_a_session_is_told_how_to_sign_in_and_nothing_else(string language, string says)
    {
        await using var hub = await RunningHub.StartAsync(o => o.BehindProxy = true);
        foreach (var path in new[] { "/", "/traces", "/nothing" })
        {
            var answer = await Answered.GetAsync(hub.Client, path, Browser, ("Accept-Language", language));
            answer.Status.ShouldBe(401);
            answer.ContentType.ShouldBe("text/html");
            var text = WebUtility.HtmlDecode(answer.Text);
            text.ShouldContain(says);
            text.ShouldContain("assay sign-in");
            text.ShouldNotContain("href=\"/slos\"");
        }

        var style = (await Answered.GetAsync(hub.Client, "/", Browser)).Text.Split("stylesheet\" href=\"")[1].Split('"')[0];
        (await Answered.GetAsync(hub.Client, style)).Status.ShouldBe(200, "the page's looks are open to everybody");
    }

    [Fact]
    public async Task The_API_keeps_problem_details_whatever_is_accepted()
    {
        var hub = await pages.Empty;
        (await Answered.GetAsync(hub.Client, "/api/v1/nothing", Browser)).ShouldBeProblem(404);
        (await Answered.GetAsync(hub.Client, "/nothing", ("Accept", "application/json"))).ShouldBeProblem(404);
    }

    [Fact]
    public async Task A_token_that_does_not_reach_so_far_gets_a_page_in_a_browser()
    {
        await using var hub = await RunningHub.StartAsync(o => o.BehindProxy = true);
        var made = await Answered.PostJsonAsync(hub.Admin, "/api/v1/tokens", """{"name":"sender","scopes":["ingest"]}""");
        var token = ("Authorization", "Bearer " + made.Json.GetProperty("secret").GetString());
        var answer = await Answered.GetAsync(hub.Client, "/traces", Browser, token, ("Accept-Language", "ru"));

        answer.Status.ShouldBe(403);
        WebUtility.HtmlDecode(answer.Text).ShouldContain("Не хватает прав");
    }

    [Fact]
    public async Task Address_and_problem_are_text_on_the_page()
    {
        const string Hostile = "\"><img src=x onerror=alert(1)>";
        RequestDelegate fails = _ => throw AssayException.Infrastructure("No room for " + Hostile, "Make room.");
        var answer = await AnsweredAsync(new ErrorAnswers(fails, NullLogger<ErrorAnswers>.Instance).InvokeAsync, "/traces", "en", "?name=" + Hostile);

        answer.Raw.ShouldContain("No room for &quot;");
        answer.Raw.ShouldNotContain("<img");
    }

    [Theory]
    [InlineData("en", "The hub failed at this page")]
    [InlineData("ru", "Хаб не справился")]
    public async Task A_failure_is_a_page_that_tells_nothing_of_the_inside(string language, string says)
    {
        var context = await FailAsync(new InvalidOperationException("secret of the inside"), language);
        context.Status.ShouldBe(500);
        context.Text.ShouldContain(says);
        context.Text.ShouldNotContain("secret of the inside");
        context.Text.ShouldContain("logs/hub.log");
    }

    [Fact]
    public async Task A_store_that_fails_is_told_with_its_fix()
    {
        var context = await FailAsync(AssayException.Infrastructure("The disk is full.", "Make room."), "ru");
        context.Status.ShouldBe(503);
        context.Text.ShouldContain("Хаб сейчас не может ответить");
        context.Text.ShouldContain("<p class=\"muted\" lang=\"en\">The disk is full. Make room.</p>");
    }

    [Fact]
    public async Task Who_comes_before_the_hub_has_started_is_told_to_come_again()
    {
        var state = new StartState();
        var gate = new StartGate(_ => Task.CompletedTask, state);
        var early = await AnsweredAsync(gate.InvokeAsync, "/traces", "en");
        early.Status.ShouldBe(503);
        early.Text.ShouldContain("The hub is starting");
        early.Text.ShouldContain("http-equiv=\"refresh\"");
        (await AnsweredAsync(gate.InvokeAsync, "/healthz", "en")).Status.ShouldBe(200);
        state.Started();
        (await AnsweredAsync(gate.InvokeAsync, "/traces", "en")).Status.ShouldBe(200);
    }

    private static Task<(int Status, string Text, string Raw)> FailAsync(Exception e, string language) =>
        AnsweredAsync(new ErrorAnswers(_ => throw e, NullLogger<ErrorAnswers>.Instance).InvokeAsync, "/traces", language);

    private static async Task<(int Status, string Text, string Raw)> AnsweredAsync(RequestDelegate part, string path, string language, string query = "")
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider() };
        context.Request.Method = "GET";
        context.Request.Path = path;
        context.Request.QueryString = new QueryString(query.Length == 0 ? null : query);
        context.Request.Headers.Accept = "text/html";
        context.Request.Headers.AcceptLanguage = language;
        using var body = new MemoryStream();
        context.Response.Body = body;
        await part(context);
        var raw = System.Text.Encoding.UTF8.GetString(body.ToArray());
        return (context.Response.StatusCode, WebUtility.HtmlDecode(raw), raw);
    }
}
