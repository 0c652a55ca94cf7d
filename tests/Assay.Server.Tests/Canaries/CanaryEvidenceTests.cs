using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Canaries;

/// <summary>What a canary proved is asked for by a later gate, through a real hub and its ledger.</summary>
public sealed class CanaryEvidenceTests
{
    private const string Commit = "1898bfe1898bfe1898bfe1898bfe1898bfe18980";
    private const string Other = "2222222222222222222222222222222222222222";

    private const string After = """
        name: everywhere
        service: shop
        gate:
          evidence:
            - { canary: shop, maxAge: 1h, margins: { canary shop errors: { atMost: 0.02 } } }
        """;

    [Fact]
    public async Task A_gate_opens_for_the_candidate_whose_canary_was_promoted_and_for_no_other()
    {
        await using var place = await OpenAsync();
        await AskAsync(place, Commit, code: 3, "No canary of 'shop' has ended.");
        await StartAsync(place, "1.9.0");
        await place.SendAsync("off", 6_000, 12);
        await place.SendAsync("on", 2_000, 4);
        await AskAsync(place, Commit, code: 3, "No canary of 'shop' has ended.");
        await Eventually.GetAsync(() => place.RunAsync("canary", "check", "shop"), r => r.Code == 0, "the step is not proven");

        await AskAsync(place, Commit, code: 0, "Every need passes (1 of 1).");
        await AskAsync(place, Other, code: 3, "It is about commit 1898bfe");
        // A promoted candidate that is taken back afterwards is none that was promoted.
        (await place.RunAsync("canary", "rollback", "shop", "--reason", "answers without sources")).Code.ShouldBe(0);
        await AskAsync(place, Commit, code: 1, "answers without sources");
    }

    [Fact]
    public async Task A_canary_that_was_promoted_by_order_opens_nothing()
    {
        await using var place = await OpenAsync();
        await StartAsync(place, "1.9.0");
        await place.SendAsync("off", 30, 0);
        await place.SendAsync("on", 30, 0);
        (await place.RunAsync("canary", "promote", "shop", "--reason", "it looks well")).Code.ShouldBe(0);
        await AskAsync(place, Commit, code: 3, "Promoted by order");
    }

    [Fact]
    public async Task Evidence_of_a_canary_can_be_handed_in()
    {
        await using var place = await OpenAsync();
        await StartAsync(place, "1.9.0");
        await place.SendAsync("off", 6_000, 12);
        await place.SendAsync("on", 2_000, 4);
        await Eventually.GetAsync(() => place.RunAsync("canary", "check", "shop"), r => r.Code == 0, "the step is not proven");
        var links = await Answered.GetAsync(place.Hub!.Client, "/api/v1/releases/shop@1.9.0/ledger?limit=1000");
        var pieces = links
            .Json.GetProperty("links")
            .EnumerateArray()
            .Where(l => l.GetProperty("kind").GetString() == "evidence")
            .Select(l => l.GetProperty("body"));
        var file = Path.Combine(place.Folder, "canary.jsonl");
        await File.WriteAllLinesAsync(file, pieces.Select(p => p.GetRawText()), TestContext.Current.CancellationToken);

        await using var elsewhere = await OpenAsync();
        await AskAsync(elsewhere, Commit, code: 0, "Every need passes (1 of 1).", "--evidence", file);
        // Without the piece that says how it ended the figures prove nothing.
        await File.WriteAllLinesAsync(file, pieces.Skip(1).Select(p => p.GetRawText()), TestContext.Current.CancellationToken);
        await AskAsync(elsewhere, Commit, code: 3, "There is no evidence of 'canary shop'", "--evidence", file);
    }

    private static async Task<CanaryPlace> OpenAsync()
    {
        var place = await CanaryPlace.OpenAsync();
        place.Write("releases/everywhere.yaml", After);
        return place;
    }

    private static async Task StartAsync(CanaryPlace place, string version)
    {
        var started = await place.RunAsync("canary", "start", "shop", "--version", version, "--commit", Commit, "--force", "a test");
        started.Code.ShouldBe(0, started.Error);
    }

    private static async Task AskAsync(CanaryPlace place, string commit, int code, string says, params string[] more)
    {
        var file = Path.Combine(place.Folder, "catalog", "releases", "everywhere.yaml");
        // Each is another candidate, or asks anew about the same.
        var asked = await place.RunAsync(["release", "gate", file, "--version", commit == Commit ? "1.9.0" : "2.0.0", "--commit", commit, .. more]);
        asked.Code.ShouldBe(code, asked.Out + asked.Error);
        string.Join(' ', asked.Out.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)).ShouldContain(says);
    }
}
