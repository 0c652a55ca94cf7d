using Assay.Server.Tests.Clients;

namespace Assay.Server.Tests.Flags;

/// <summary>The OpenFeature SDK for Node.js with its OFREP provider, unmodified, against a hub in this process.</summary>
public sealed class OpenFeatureTests : IAsyncLifetime
{
    private const string More = """

        ---
        name: killed
        default: "on"
        """;

    private readonly NodePrograms programs = new(Path.Combine("Flags", "ofrep"));

    public async ValueTask InitializeAsync() => await programs.InstallAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_SDK_finds_what_the_protocol_promises()
    {
        await using var hub = await FlagHub.StartAsync(FlagHub.Flags + More);
        await using var limited = await FlagHub.StartAsync(change: o => o.EvaluationsPerMinute = 20);
        await using var guarded = await RunningHub.StartAsync(o => o.BehindProxy = true);
        await FlagHub.KillAsync(hub, "killed");
        await FlagHub.ChangeAsync(hub, "rag_plus_plus", Rules);
        var told = await programs.RunAsync(
            "conformance.mjs",
            "",
            ("HUB", hub.Addresses.Pages.ToString().TrimEnd('/')),
            ("GUARDED", guarded.Addresses.Pages.ToString().TrimEnd('/')),
            ("INGEST_TOKEN", await FlagHub.TokenAsync(guarded, "ingest")),
            ("LIMITED", limited.Addresses.Pages.ToString().TrimEnd('/'))
        );
        told.ShouldBe("15 facts hold");
    }

    [Fact]
    public async Task A_program_with_the_SDK_follows_a_kill_switch_live()
    {
        await using var hub = await FlagHub.StartAsync();
        var told = await programs.FollowAsync(
            "follow.mjs",
            "rag_plus_plus",
            line => line == "true TARGETING_MATCH" ? FlagHub.KillAsync(hub, "rag_plus_plus") : RestoreAsync(hub),
            ("HUB", hub.Addresses.Pages.ToString().TrimEnd('/'))
        );
        told.Split('\n').ShouldBe(["true TARGETING_MATCH", "false DISABLED", "true TARGETING_MATCH"]);
    }

    private const string Rules = """
        {
          "rules": [
            { "name": "testers", "if": [{ "attribute": "group", "operator": "in", "values": ["testers", "staff"] }], "serve": "on" },
            { "name": "gold", "if": [{ "attribute": "account.plan.name", "operator": "equals", "values": ["gold"] }], "serve": "on" }
          ],
          "rollout": {},
          "reason": "what the program asks about"
        }
        """;

    private static Task<Answered> RestoreAsync(RunningHub hub) => FlagHub.ChangeAsync(hub, "rag_plus_plus", """{"killed": false, "reason": "mended"}""");
}
