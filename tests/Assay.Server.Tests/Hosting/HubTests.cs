namespace Assay.Server.Tests.Hosting;

public sealed class HubTests(RunningHub hub) : IClassFixture<RunningHub>
{
    [Fact]
    public void It_listens_on_three_ports_of_loopback()
    {
        var addresses = new[] { hub.Addresses.Pages, hub.Addresses.OtlpHttp, hub.Addresses.OtlpGrpc };
        addresses.ShouldAllBe(a => a.Host == "127.0.0.1");
        addresses.Select(a => a.Port).ShouldBeUnique();
    }

    [Fact]
    public async Task It_says_that_it_is_alive()
    {
        var answer = await Answered.GetAsync(hub.Client, "/healthz");
        answer.Status.ShouldBe(200);
        answer.Text.ShouldBe("ok\n");
    }

    [Fact]
    public async Task It_says_that_it_is_ready_and_what_it_looked_at()
    {
        var answer = await Answered.GetAsync(hub.Client, "/readyz");
        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("ready").GetBoolean().ShouldBeTrue();
        var checks = answer.Json.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("name").GetString()).ToList();
        checks.ShouldBe(["store", "disk", "catalog", "prices", "slos", "flags"], ignoreOrder: true);
        answer.Json.GetProperty("status").GetString().ShouldBe("ready");
    }

    [Fact]
    public async Task It_shows_its_own_metrics()
    {
        await Answered.GetAsync(hub.Client, "/healthz");
        var answer = await Answered.GetAsync(hub.Client, "/metrics");
        answer.Status.ShouldBe(200);
        answer.ContentType.ShouldBe("text/plain");
        answer.Text.ShouldContain("service_name=\"assay-hub\"");
        answer.Text.ShouldContain("assay_hub_request_duration_seconds_count{listener=\"pages\",status=\"2xx\"}");
        answer.Text.ShouldContain("assay_hub_refusals_total{reason=\"host\"}");
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/nothing")]
    [InlineData("/v1/traces")]
    public async Task What_is_not_there_is_a_problem_with_a_fix(string path) => (await Answered.GetAsync(hub.Client, path)).ShouldBeProblem(404);

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/api/v1/audit")]
    public async Task The_OTLP_port_answers_nothing_but_OTLP(string path) => (await Answered.GetAsync(hub.Otlp, path)).ShouldBeProblem(404);

    [Fact]
    public async Task A_wrong_method_is_a_problem_that_names_the_right_ones()
    {
        var answer = await Answered.ToAsync(
            hub.Client,
            HttpMethod.Get,
            "/api/v1/sign-in-urls",
            content: null,
            ("Authorization", $"Bearer {await hub.ReadTokenAsync()}")
        );
        answer.ShouldBeProblem(405).Headers["allow"].ShouldBe("POST");
    }

    [Fact]
    public async Task A_person_gets_a_page_instead_of_JSON()
    {
        var answer = await Answered.GetAsync(hub.Client, "/nothing", ("Accept", "text/html,application/xhtml+xml"));
        answer.Status.ShouldBe(404);
        answer.ContentType.ShouldBe("text/html");
        answer.Text.ShouldContain("<h1>There is no such page</h1>");
    }

    [Fact]
    public async Task The_API_has_an_OpenAPI_document()
    {
        var answer = await Answered.GetAsync(hub.Client, "/api/v1/openapi.json");
        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("openapi").GetString().ShouldStartWith("3.");
        answer.Json.GetProperty("paths").TryGetProperty("/api/v1/tokens", out _).ShouldBeTrue();
    }
}
