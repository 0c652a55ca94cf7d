using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Assay.Server.Tests.Rehearsals;

/// <summary>Rehearsals that are handed to a hub.</summary>
public sealed class RehearsalsApiTests(RunningHub hub) : IClassFixture<RunningHub>
{
    private static readonly Uri Address = new("/api/v1/releases/rag_plus_plus@1.9.0/rehearsals", UriKind.Relative);

    private static object Spike(string at = "2026-11-22T10:00:00Z", double detect = 3.1) =>
        new
        {
            scenario = "error_spike",
            at,
            verdict = "pass",
            reason = "Found after 3.1 s of 15.0 s, all well after 3.4 s of 20.0 s.",
            detect_seconds = detect,
            restore_seconds = 3.4,
            budget_seconds = 20,
        };

    [Fact]
    public async Task They_are_links_of_the_ledger_each_once()
    {
        for (var i = 0; i < 2; i++)
        {
            var (status, _) = await PostAsync(hub.Admin, new { rehearsals = new[] { Spike(), Spike("2026-11-22T11:00:00Z") } });
            status.ShouldBe(HttpStatusCode.OK);
        }

        var links = (await Answered.GetAsync(hub.Client, "/api/v1/releases/rag_plus_plus@1.9.0/ledger")).Json.GetProperty("links").EnumerateArray().ToList();
        links.Select(l => l.GetProperty("kind").GetString()).ShouldBe(["rehearsal", "rehearsal"]);
        links[0].GetProperty("summary").GetString().ShouldBe("rehearsal of error_spike: pass. Found after 3.1 s of 15.0 s, all well after 3.4 s of 20.0 s.");
    }

    [Fact]
    public async Task One_that_is_wrong_keeps_all_of_them_out()
    {
        var release = new Uri("/api/v1/releases/rag_plus_plus@2.0.0/rehearsals", UriKind.Relative);
        using var answer = await hub.Admin.PostAsJsonAsync(
            release,
            new { rehearsals = new[] { Spike(), Spike("2026-11-22T12:00:00Z", detect: -1) } },
            TestContext.Current.CancellationToken
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Answered.GetAsync(hub.Client, "/api/v1/releases/rag_plus_plus@2.0.0/ledger")).Json.GetProperty("links").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_rehearsal_is_not_taken_for_the_newest_version_of_a_release()
    {
        foreach (var version in (string[])["1.0.0", "rehearsal"])
        {
            var address = new Uri($"/api/v1/releases/trial@{version}/rehearsals", UriKind.Relative);
            using var answer = await hub.Admin.PostAsJsonAsync(address, new { rehearsals = new[] { Spike() } }, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var page = await Answered.GetAsync(hub.Client, "/releases/trial");
        page.Status.ShouldBe(302);
        Uri.UnescapeDataString(page.Headers["location"]).ShouldEndWith("/releases/trial@1.0.0");
    }

    [Fact]
    public async Task None_at_all_unknown_keys_and_a_caller_without_a_token_are_refused()
    {
        (await PostAsync(hub.Admin, new { rehearsals = Array.Empty<object>() })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(hub.Admin, new { rehearsals = new object?[] { null } })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(hub.Admin, new { rehearsal = new[] { Spike() } })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(hub.Client, new { rehearsals = new[] { Spike() } })).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(HttpClient client, object body)
    {
        using var answer = await client.PostAsJsonAsync(Address, body, TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.Clone());
    }
}
