using Assay.Server.Access;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Tests.Access;

public sealed class HostRuleTests(RunningHub hub) : IClassFixture<RunningHub>
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example:5080")]
    [InlineData("10.0.0.1")]
    public async Task Another_host_name_is_refused_on_every_port(string host)
    {
        (await Answered.GetAsync(hub.Client, "/healthz", ("Host", host))).ShouldBeProblem(421);
        (await Answered.GetAsync(hub.Client, "/", ("Host", host))).ShouldBeProblem(421);
        (await Answered.PostJsonAsync(hub.Otlp, "/v1/traces", "{}", ("Host", host))).ShouldBeProblem(421);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost:9")]
    [InlineData("LOCALHOST")]
    [InlineData("[::1]:5080")]
    public async Task The_names_of_this_machine_are_answered(string host) =>
        (await Answered.GetAsync(hub.Client, "/healthz", ("Host", host))).Status.ShouldBe(200);

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost")]
    public async Task A_request_from_a_page_of_another_site_is_refused(string origin)
    {
        (await Answered.PostJsonAsync(hub.Admin, "/api/v1/decisions", "{}", ("Origin", origin))).ShouldBeProblem(403);
        (await Answered.GetAsync(hub.Client, "/api/v1/audit", ("Origin", origin))).ShouldBeProblem(403);
        (await Answered.PostJsonAsync(hub.Otlp, "/v1/traces", "{}", ("Origin", origin))).ShouldBeProblem(403);
    }

    [Fact]
    public async Task A_request_from_the_hubs_own_page_is_answered()
    {
        var own = hub.Addresses.Pages.GetLeftPart(UriPartial.Authority);
        (await Answered.GetAsync(hub.Client, "/api/v1/audit", ("Origin", own))).Status.ShouldBe(200);
    }

    [Fact]
    public void Behind_a_proxy_the_browser_says_https()
    {
        var host = new HostString("assay.example.org");
        HostRule.IsOwn("https://assay.example.org", host, isHttps: false, behindProxy: true).ShouldBeTrue();
        HostRule.IsOwn("https://assay.example.org", host, isHttps: false, behindProxy: false).ShouldBeFalse();
        HostRule.IsOwn("https://assay.example.org.evil", host, isHttps: false, behindProxy: true).ShouldBeFalse();
    }

    [Fact]
    public void Names_that_were_allowed_are_the_hubs()
    {
        var names = HostRule.Names(new HubOptions { Host = "::1", AllowedHosts = ["assay.example.org"] });
        names.ShouldContain("Assay.Example.Org");
        names.ShouldContain("[::1]");
        names.ShouldNotContain("example.org");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/signin")]
    public async Task Every_answer_carries_the_headers_that_keep_a_browser_safe(string path)
    {
        var headers = (await Answered.GetAsync(hub.Client, path)).Headers;
        var policy = headers["content-security-policy"];
        string[] parts =
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ];
        parts.ShouldAllBe(p => policy.Contains(p));
        policy.ShouldNotContain("unsafe");
        headers["x-content-type-options"].ShouldBe("nosniff");
        headers["referrer-policy"].ShouldBe("same-origin");
        headers["cross-origin-opener-policy"].ShouldBe("same-origin");
        headers["cache-control"].ShouldContain("no-store");
        headers.ShouldNotContainKey("server");
    }
}
