using Assay.Server.Flags;
using Assay.Server.Tests.Slos;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Canaries;

/// <summary>Canaries through a real hub, its store, its flags and the command, with requests that arrive over OTLP.</summary>
public sealed class CanaryHubTests
{
    [Fact]
    public async Task A_healthy_candidate_is_promoted_by_what_the_hub_has_seen()
    {
        await using var place = await CanaryPlace.OpenAsync();
        var started = await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test");
        started.Code.ShouldBe(0, started.Error);
        started.Out.ShouldContain("shop@1.9.0 is running at 25 %, step 1 of 2");
        (await ShareAsync(place)).ShouldBe(25);
        var empty = await place.RunAsync("canary", "check", "shop");
        empty.Code.ShouldBe(3, empty.Out);
        empty.Out.ShouldContain("no data");

        await place.SendAsync("off", 6_000, 12);
        await place.SendAsync("on", 2_000, 4);
        await Eventually.GetAsync(() => place.RunAsync("canary", "check", "shop", "--json"), r => r.Code == 0, "the step is not proven");
        (await ShareAsync(place)).ShouldBe(100);
        var status = await place.RunAsync("canary", "status", "shop");
        status.Out.ShouldContain("is promoted at 100 %");
        status.Out.Split('\n').ShouldAllBe(l => l.TrimEnd().Length <= 100);
        var kinds = await KindsAsync(place);
        kinds.Where(k => k != "look").ShouldBe(["canary_started", "step", "evidence", "evidence", "evidence", "promoted"]);
        var looks = await Answered.GetAsync(place.Hub!.Client, "/api/v1/canaries/shop@1.9.0/looks");
        looks.Json.GetProperty("looks").GetArrayLength().ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_candidate_that_fails_loses_its_traffic_and_the_flag_is_off()
    {
        await using var place = await CanaryPlace.OpenAsync();
        await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test");
        await place.SendAsync("off", 3_000, 6);
        await place.SendAsync("on", 1_000, 60);
        var checkedOnce = await place.RunAsync("canary", "check", "shop");
        checkedOnce.Code.ShouldBe(1, checkedOnce.Out);
        checkedOnce.Out.ShouldContain("shop@1.9.0 is rolled back at 0 %");
        checkedOnce.Out.ShouldContain("Proven worse than control");
        (await ShareAsync(place)).ShouldBe(0);
        // The hub may have looked by itself before the traffic was there.
        (await KindsAsync(place))
            .Distinct()
            .ShouldBe(["canary_started", "step", "look", "evidence", "rolled_back"]);
        var flag = await place.RunAsync("flag", "history", "new_search");
        flag.Out.ShouldContain("assay canary");
        flag.Out.ShouldContain("Rolled back");
        // The traces to look at are those that failed.
        var status = await Answered.GetAsync(place.Hub!.Client, "/api/v1/canaries/shop");
        status.Json.GetProperty("metrics")[0].GetProperty("trace_ids").GetArrayLength().ShouldBe(20);
        var again = await place.RunAsync("canary", "start", "shop", "--version", "1.9.1", "--force", "a test");
        again.Code.ShouldBe(2);
        again.Error.ShouldContain("is switched off");
    }

    [Fact]
    public async Task A_candidate_beyond_its_limit_is_rolled_back_while_control_is_down()
    {
        await using var place = await CanaryPlace.OpenAsync(CanaryPlace.Release.Replace("limit: 0.5", "limit: 0.05"));
        await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test");
        await place.SendAsync("on", 200, 0);
        var alone = await place.RunAsync("canary", "check", "shop");
        alone.Code.ShouldBe(3, alone.Out);
        InOneLine(alone.Out).ShouldContain("control has requests of 'shop' with flag");
        await place.SendAsync("on", 1_800, 1_800);
        var broken = await place.RunAsync("canary", "check", "shop");
        broken.Code.ShouldBe(1, broken.Out);
        InOneLine(broken.Out).ShouldContain("Proven beyond its limit of 5 %, whatever control does.");
        (await ShareAsync(place)).ShouldBe(0);
    }

    [Fact]
    public async Task A_canary_that_was_started_by_its_version_is_of_the_commit_that_the_gate_was_asked_about()
    {
        await using var place = await CanaryPlace.OpenAsync(CanaryPlace.Release.Replace("{ benchmark: handbook }", "{ slo: all }"));
        const string Commit = "1898bfe1898bfe1898bfe1898bfe1898bfe18980";
        var asked = await place.RunAsync("release", "gate", "shop", "--version", "1.9.0", "--commit", Commit);
        asked.Code.ShouldBe(3, asked.Error);
        (await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test")).Code.ShouldBe(0);
        var status = await Answered.GetAsync(place.Hub!.Client, "/api/v1/canaries/shop");
        status.Json.GetProperty("commit").GetString().ShouldBe(Commit);
    }

    [Fact]
    public async Task Why_traffic_does_not_move_is_told()
    {
        await using var place = await CanaryPlace.OpenAsync(
            CanaryPlace.Release.Replace("split: { flag: new_search }", "split: { command: [sh, -c, \"echo the balancer is locked; exit 7\", \"{percent}\"] }")
        );
        await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test");
        var status = await Answered.GetAsync(place.Hub!.Client, "/api/v1/canaries/shop");
        status.Json.GetProperty("move_fault").GetString()!.ShouldContain("the balancer is locked");
        (await place.RunAsync("canary", "status", "shop")).Out.ShouldContain("traffic could not be moved: ");
        (await Answered.GetAsync(place.Hub!.Client, "/releases/shop@1.9.0", ("Accept-Language", "ru"))).Text.ShouldContain("the balancer is locked");
        var back = await place.RunAsync("canary", "rollback", "shop", "--reason", "enough");
        back.Code.ShouldBe(4, back.Out);
        InOneLine(back.Out).ShouldContain("The last attempt failed: ");
        // The same without a hub.
        await place.StopAsync();
        back = await place.RunAsync("canary", "rollback", "shop", "--reason", "enough");
        back.Code.ShouldBe(4, back.Out);
        InOneLine(back.Out).ShouldContain("The last attempt failed: ");
    }

    [Fact]
    public async Task A_person_rolls_back_and_promotes_with_a_reason()
    {
        await using var place = await CanaryPlace.OpenAsync();
        await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test");
        var blind = await place.RunAsync("canary", "promote", "shop", "--reason", "it looks well");
        blind.Code.ShouldBe(2, blind.Out);
        blind.Error.ShouldContain("is missing");
        await place.SendAsync("off", 30, 0);
        await place.SendAsync("on", 30, 0);
        (await place.RunAsync("canary", "check", "shop")).Code.ShouldBe(3);
        (await place.RunAsync("canary", "promote", "shop", "--reason", "it looks well")).Code.ShouldBe(0);
        (await ShareAsync(place)).ShouldBe(100);
        var back = await place.RunAsync("canary", "rollback", "shop", "--reason", "it does not");
        back.Code.ShouldBe(0, back.Error);
        back.Out.ShouldContain("traffic read 0 after");
        (await ShareAsync(place)).ShouldBe(0);
        (await KindsAsync(place)).Where(k => k is not ("look" or "evidence")).ShouldBe(["canary_started", "step", "promoted", "rolled_back"]);
    }

    [Fact]
    public async Task Without_a_hub_the_intent_is_on_disk_and_the_flag_off_before_the_hub_answers()
    {
        await using var place = await CanaryPlace.OpenAsync();
        await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test");
        await place.StopAsync();
        // The catalog is gone with it: no file of a flag can be read.
        Directory.Move(Path.Combine(place.Folder, "catalog"), Path.Combine(place.Folder, "elsewhere"));
        var back = await place.RunAsync("canary", "rollback", "shop", "--reason", "it burns", "--catalog", Path.Combine(place.Folder, "catalog"));
        back.Code.ShouldBe(4, back.Out);
        back.Out.ShouldContain("the rollback is on disk; traffic does not read 0 yet");
        Directory.Move(Path.Combine(place.Folder, "elsewhere"), Path.Combine(place.Folder, "catalog"));
        await place.StartAsync();
        (await ShareAsync(place)).ShouldBe(0);
        await Eventually.GetAsync(() => KindsAsync(place), k => k[^1] == "rolled_back", "the ledger does not know of the rollback");
        var restored = await place.RunAsync("flag", "restore", "new_search", "--reason", "mended");
        restored.Code.ShouldBe(0, restored.Error);
    }

    [Fact]
    public async Task Without_a_hub_a_flag_is_killed_in_the_store_itself()
    {
        await using var place = await CanaryPlace.OpenAsync();
        await place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "a test");
        await place.StopAsync();
        var back = await place.RunAsync("canary", "rollback", "shop", "--reason", "it burns", "--catalog", Path.Combine(place.Folder, "catalog"));
        back.Code.ShouldBe(0, back.Out + back.Error);
        await place.StartAsync();
        (await ShareAsync(place)).ShouldBe(0);
        (await KindsAsync(place))[^1].ShouldBe("rolled_back");
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_its_fix()
    {
        await using var place = await CanaryPlace.OpenAsync();
        await ShouldFailAsync(2, "is not open: nobody asked the gate yet", "canary", "start", "shop", "--version", "1.9.0");
        await ShouldFailAsync(2, "There is no release 'shap'", "canary", "start", "shap", "--version", "1", "--force", "r");
        await ShouldFailAsync(2, "Nobody says which candidate", "canary", "start", "shop", "--force", "r");
        await ShouldFailAsync(2, "There is no canary of 'shop'", "canary", "check", "shop");
        await ShouldFailAsync(2, "is no release", "canary", "status", "../shop");
        await ShouldFailAsync(2, "--reason", "canary", "rollback", "shop");
        await ShouldFailAsync(2, "has 0 characters", "canary", "rollback", "shop", "--reason", " ");
        place.Write("flags/flags.yaml", CanaryPlace.Flag.Replace("whenOff: \"off\"", "whenOff: \"on\""));
        await Eventually.GetAsync(
            () => place.RunAsync("canary", "start", "shop", "--version", "1.9.0", "--force", "r"),
            r => r.Error.Contains("gives by default or when it is off"),
            "a flag whose kill switch is the canary was taken"
        );

        async Task ShouldFailAsync(int code, string says, params string[] args)
        {
            var ended = await place.RunAsync(args);
            ended.Code.ShouldBe(code, ended.Out + ended.Error);
            ended.Error.ShouldContain(says);
        }
    }

    private static string InOneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private static async Task<decimal> ShareAsync(CanaryPlace place)
    {
        var state = place.Hub!.Hub.Services.GetRequiredService<FlagDesk>().State;
        var decided = state.OverrideOf("new_search");
        return await Task.FromResult(decided is null || decided.Killed ? 0 : decided.Rollout?.GetValueOrDefault("on") ?? 0);
    }

    private static async Task<List<string>> KindsAsync(CanaryPlace place)
    {
        var links = await Answered.GetAsync(place.Hub!.Client, "/api/v1/releases/shop@1.9.0/ledger?limit=1000");
        links.Status.ShouldBe(200, links.Text);
        return [.. links.Json.GetProperty("links").EnumerateArray().Select(l => l.GetProperty("kind").GetString()!)];
    }
}
