using Assay.Server.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Access;

public sealed class SignInTests
{
    private const string Decision = """{"by":"a person","subject":"s","choice":"c","reason":"r"}""";

    [Fact]
    public async Task An_address_signs_in_once()
    {
        await using var hub = await RunningHub.StartAsync();
        var url = hub.Hub.NewSignInUrl().ToString();
        var first = await Answered.GetAsync(hub.Client, url);
        first.Status.ShouldBe(302);
        first.Headers["location"].ShouldBe("/");
        var cookie = first.Headers["set-cookie"];
        cookie.ShouldStartWith($"assay-session-{hub.Addresses.Pages.Port}=assay_");
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        cookie.ShouldNotContain("secure", Case.Insensitive);
        var second = (await Answered.GetAsync(hub.Client, url)).ShouldBeProblem(401);
        second.Headers.ShouldNotContainKey("set-cookie");
        second.Text.ShouldContain("assay sign-in");
    }

    [Fact]
    public async Task An_address_ends_after_ten_minutes()
    {
        var time = new SteppedTime(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = await RunningHub.StartAsync(time: time);
        var (early, late) = (hub.Hub.NewSignInUrl(), hub.Hub.NewSignInUrl());
        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        (await Answered.GetAsync(hub.Client, early.ToString())).Status.ShouldBe(302);
        time.Advance(TimeSpan.FromSeconds(1));
        (await Answered.GetAsync(hub.Client, late.ToString())).ShouldBeProblem(401);
    }

    [Fact]
    public async Task A_session_ends_after_its_time_and_by_signing_out()
    {
        var time = new SteppedTime(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var hub = await RunningHub.StartAsync(time: time);
        var browser = await hub.SignInAsync();
        (await Answered.GetAsync(browser, "/api/v1/tokens")).Status.ShouldBe(200);
        time.Advance(SessionCookie.Lifetime);
        (await Answered.GetAsync(browser, "/api/v1/tokens")).ShouldBeProblem(401);

        var other = await hub.SignInAsync();
        (await SignOutAsync(hub, other)).Status.ShouldBe(302);
        (await Answered.GetAsync(other, "/api/v1/tokens")).ShouldBeProblem(401);
    }

    [Fact]
    public async Task A_session_outlives_the_hub()
    {
        var folder = Directory.CreateTempSubdirectory("assay-session-").FullName;
        string cookie;
        await using (var first = await RunningHub.StartAsync(folder: folder))
        {
            cookie = (await Answered.GetAsync(first.Client, first.Hub.NewSignInUrl().ToString())).Headers["set-cookie"].Split('=', ';')[1];
        }

        await using (var second = await RunningHub.StartAsync(folder: folder))
        {
            var name = SessionCookie.NameAt(second.Addresses.Pages.Port);
            (await Answered.GetAsync(second.Client, "/api/v1/tokens", ("Cookie", $"{name}={cookie}"))).Status.ShouldBe(200);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_browser_writes_from_the_hubs_own_pages_alone()
    {
        await using var hub = await RunningHub.StartAsync();
        var browser = await hub.SignInAsync();
        (await Answered.PostJsonAsync(browser, "/api/v1/decisions", Decision)).Status.ShouldBe(201);
        browser.DefaultRequestHeaders.Remove("Origin");
        (await Answered.PostJsonAsync(browser, "/api/v1/decisions", Decision)).ShouldBeProblem(400);
        (await Answered.PostJsonAsync(browser, "/api/v1/decisions", Decision, ("Origin", "https://evil.example"))).ShouldBeProblem(403);
    }

    [Fact]
    public async Task A_form_needs_the_token_of_its_page()
    {
        await using var hub = await RunningHub.StartAsync();
        var browser = await hub.SignInAsync();
        using var empty = new FormUrlEncodedContent([]);
        (await Answered.ToAsync(browser, HttpMethod.Post, "/signout", empty)).ShouldBeProblem(400);
        using var text = new StringContent(Decision);
        (await Answered.ToAsync(browser, HttpMethod.Post, "/api/v1/decisions", text)).ShouldBeProblem(400);
        (await Answered.GetAsync(browser, "/api/v1/tokens")).Status.ShouldBe(200, "still signed in");
        (await SignOutAsync(hub, browser)).Status.ShouldBe(302);
    }

    [Fact]
    public async Task Signing_in_is_limited()
    {
        await using var hub = await RunningHub.StartAsync();
        for (var i = 0; i < RateRule.SignInsPerMinute; i++)
        {
            (await Answered.GetAsync(hub.Client, "/signin?code=guess")).ShouldBeProblem(401);
        }

        (await Answered.GetAsync(hub.Client, hub.Hub.NewSignInUrl().ToString())).ShouldBeProblem(429).Headers.ShouldContainKey("retry-after");
    }

    [Fact]
    public async Task Whoever_lost_the_address_gets_another_with_the_administrators_token()
    {
        await using var hub = await RunningHub.StartAsync();
        var made = await Answered.ToAsync(hub.Admin, HttpMethod.Post, "/api/v1/sign-in-urls");
        made.Status.ShouldBe(201);
        (await Answered.GetAsync(hub.Client, made.Json.GetProperty("url").GetString()!)).Status.ShouldBe(302);
        (await Answered.ToAsync(hub.Client, HttpMethod.Post, "/api/v1/sign-in-urls")).ShouldBeProblem(401);
    }

    // As a page of the hub does: the token stands in the form, its other half in a cookie.
    private static async Task<Answered> SignOutAsync(RunningHub hub, HttpClient browser)
    {
        var name = SessionCookie.NameAt(hub.Addresses.Pages.Port);
        var probe = await Answered.GetAsync(browser, "/healthz");
        probe.Status.ShouldBe(200);
        var forms = hub.Hub.Services.GetRequiredService<IAntiforgery>();
        var tokens = forms.GetTokens(new DefaultHttpContext { RequestServices = hub.Hub.Services });
        var cookieName = hub.Hub.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<AntiforgeryOptions>>().Value.Cookie.Name;
        using var form = new FormUrlEncodedContent([new(tokens.FormFieldName, tokens.RequestToken)]);
        return await Answered.ToAsync(browser, HttpMethod.Post, "/signout", form, ("Cookie", $"{cookieName}={tokens.CookieToken}"));
    }
}
