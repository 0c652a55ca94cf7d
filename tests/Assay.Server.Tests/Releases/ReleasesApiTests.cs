using System.Text;
using System.Text.Json;
using Assay.Evaluation.Gates;
using Assay.Releases.Approvals;
using Assay.Releases.Ledger;
using Assay.Server.Tests.Benchmarks;
using Assay.Server.Tests.Flags;

namespace Assay.Server.Tests.Releases;

/// <summary>Releases at a real hub over HTTP.</summary>
public sealed class ReleasesApiTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    // The sample run's own dataset, and what its gates look at.
    private const string Subject =
        """{"handbook": {"dataset_hash": "9999999999999999999999999999999999999999999999999999999999999999", "gates": ["judge mean", "latency_ms p90"]}}""";

    private static readonly IReadOnlyList<GateEntry> Gates =
    [
        new() { Metric = "judge", AtLeast = 0.7 },
        new()
        {
            Metric = "latency",
            Statistic = "p90",
            AtMost = 5000,
        },
    ];

    private readonly SteppedTime clock = new(Noon.AddHours(2));
    private RunningHub hub = null!;

    public async ValueTask InitializeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("assay-releases-").FullName;
        ReleasePlace.WriteCatalog(Path.Combine(folder, "catalog"), approvals: 1);
        hub = await RunningHub.StartAsync(time: clock, folder: folder);
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        Directory.Delete(hub.Folder, recursive: true);
    }

    [Fact]
    public async Task A_gate_is_decided_by_the_hubs_own_runs_approved_and_kept()
    {
        (await GateAsync()).GetProperty("decision").GetProperty("reason").GetString().ShouldBe("No data for: benchmark handbook.");
        (await new SampleRun("20261121-120000-handbook", Noon) { Commit = ReleasePlace.Commit, Entries = Gates }.SendAsync(hub.Admin)).Status.ShouldBe(201);

        var waiting = await GateAsync();
        waiting.GetProperty("decision").GetProperty("verdict").GetString().ShouldBe("inconclusive", waiting.ToString());
        waiting.GetProperty("decision").GetProperty("needs")[0].GetProperty("verdict").GetString().ShouldBe("pass");
        waiting.GetProperty("decision").GetProperty("needs")[0].GetProperty("source").GetString().ShouldBe("run 20261121-120000-handbook");

        var target = await Answered.GetAsync(hub.Client, "/api/v1/releases/rag@1.9.0/approvals/gate");
        var approval = Signed(target.Json, ReleasePlace.Anna, "anna");
        var approved = await ApproveAsync("rag@1.9.0", approval);
        approved.Status.ShouldBe(200, approved.Text);
        approved.Json.GetProperty("summary").GetString().ShouldBe("anna approved (gate). figures read");
        (await ApproveAsync("rag@1.9.0", approval)).Json.GetProperty("number").GetInt64().ShouldBe(approved.Json.GetProperty("number").GetInt64(), "told once");

        clock.Advance(TimeSpan.FromMinutes(1));
        var passed = await GateAsync();
        passed.GetProperty("decision").GetProperty("verdict").GetString().ShouldBe("pass", passed.ToString());
        var ledger = (await Answered.GetAsync(hub.Client, "/api/v1/releases/rag@1.9.0/ledger")).Json.GetProperty("links");
        ledger.EnumerateArray().Select(l => l.GetProperty("kind").GetString()).ShouldBe(["opened", "gate", "evidence", "evidence", "gate", "approval", "gate"]);
        ledger[0].GetProperty("body").GetProperty("commit").GetString().ShouldBe(ReleasePlace.Commit);
        ledger[0].GetProperty("body").GetProperty("datasets").GetProperty("handbook").GetString()!.Length.ShouldBe(64);
        ledger[6].GetProperty("hash").GetString().ShouldBe(passed.GetProperty("head").GetString());

        var listed = (await Answered.GetAsync(hub.Client, "/api/v1/releases")).Json.GetProperty("releases").EnumerateArray().Single();
        listed.GetProperty("needs")[0].GetString().ShouldBe("benchmark handbook");
        var version = listed.GetProperty("versions")[0];
        (version.GetProperty("release").GetString(), version.GetProperty("state").GetString(), version.GetProperty("gate").GetString()).ShouldBe(
            ("rag@1.9.0", "gate", "pass")
        );
        version.GetProperty("approved")[0].GetString().ShouldBe("anna");
        await WholeAsync(7);

        // Whoever is taken from the list approved nothing, and evidence grows old.
        ReleasePlace.Write(hub.Folder, "catalog/releases/approvers.yaml", "approvers: []\n");
        clock.Advance(TimeSpan.FromMinutes(1));
        (await GateAsync())
            .GetProperty("decision")
            .GetProperty("approvals")
            .GetProperty("given")[0]
            .GetProperty("problem")
            .GetString()
            .ShouldBe("nobody of this name is among the approvers");
        clock.Advance(TimeSpan.FromDays(8));
        (await GateAsync()).GetProperty("decision").GetProperty("needs")[0].GetProperty("reason").GetString()!.ShouldContain("7d are allowed");
        (await Answered.GetAsync(hub.Admin, "/api/v1/audit")).Text.ShouldContain("release.approve");
    }

    [Fact]
    public async Task Only_a_complete_run_of_the_candidate_itself_is_its_evidence()
    {
        var good = new SampleRun("20261121-120000-handbook", Noon) { Commit = ReleasePlace.Commit, Entries = Gates };
        await (good with { Id = "20261121-110000-handbook", At = Noon.AddHours(-1), Commit = "" }).SendAsync(hub.Admin);
        await ReasonAsync("It does not say which commit it measured.");
        await (good with { Id = "20261121-110500-handbook", At = Noon.AddMinutes(-55), Commit = new string('a', 40) }).SendAsync(hub.Admin);
        await ReasonAsync("It is about commit aaaaaaaaaaaa, not about 1898bfe1898b.");
        await (good with { Id = "20261121-111000-handbook", At = Noon.AddMinutes(-50), IsDryRun = true }).SendAsync(hub.Admin);
        await ReasonAsync("It is smoke evidence");
        await (good with { Id = "20261121-111500-handbook", At = Noon.AddMinutes(-45), Level = 0.3 }).SendAsync(hub.Admin);
        var failed = await GateAsync();
        failed.GetProperty("decision").GetProperty("verdict").GetString().ShouldBe("fail");
        await good.SendAsync(hub.Admin);
        // A newer run of something else, or one that did not end, does not stand in its way.
        await (good with { Id = "20261121-120500-handbook", At = Noon.AddMinutes(5), Commit = new string('a', 40) }).SendAsync(hub.Admin);
        await (good with { Id = "20261121-121000-handbook", At = Noon.AddMinutes(10), Done = 20 }).SendAsync(hub.Admin);
        var passed = (await GateAsync()).GetProperty("decision").GetProperty("needs")[0];
        passed.GetProperty("verdict").GetString().ShouldBe("pass");
        passed
            .GetProperty("notes")
            .EnumerateArray()
            .Select(n => n.GetString())
            .ShouldContain("2 runs of this candidate were made; the latest counts, whatever it came to.");
        (await GateAsync(Subject.Replace("999999", "888888")))
            .GetProperty("decision")
            .GetProperty("needs")[0]
            .GetProperty("reason")
            .GetString()!
            .ShouldContain("another dataset");
        (await GateAsync(Subject.Replace("\"judge mean\",", "\"judge mean\", \"faithfulness mean\",")))
            .GetProperty("decision")
            .GetProperty("needs")[0]
            .GetProperty("reason")
            .GetString()
            .ShouldBe("There is no evidence of 'faithfulness mean'.");

        async Task ReasonAsync(string says)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            (await GateAsync()).GetProperty("decision").GetProperty("needs")[0].GetProperty("reason").GetString()!.ShouldContain(says);
        }
    }

    [Fact]
    public async Task A_judge_that_is_not_the_one_that_was_calibrated_passes_nothing()
    {
        await new SampleRun("20261121-120000-handbook", Noon) { Commit = ReleasePlace.Commit, Entries = Gates }.SendAsync(hub.Admin);
        var judged = Subject.Replace(
            "\"gates\"",
            "\"judges\": {\"judge\": \"answer_quality\"}, \"calibrated\": {\"answer_quality\": \"FINGERPRINT\"}, \"gates\""
        );
        var voided = (await GateAsync(judged)).GetProperty("decision").GetProperty("needs")[0];
        voided.GetProperty("verdict").GetString().ShouldBe("inconclusive");
        voided.GetProperty("reason").GetString().ShouldBe("The judge 'answer_quality' is another one than was calibrated: its calibration is void.");
        var same = (await GateAsync(judged.Replace("FINGERPRINT", "judge fingerprint"))).GetProperty("decision").GetProperty("needs")[0];
        same.GetProperty("verdict").GetString().ShouldBe("pass");
        var none = (await GateAsync(judged.Replace("\"answer_quality\": \"FINGERPRINT\"", ""))).GetProperty("decision").GetProperty("needs")[0];
        none.GetProperty("notes")[0].GetString()!.ShouldContain("is not calibrated");
    }

    [Fact]
    public async Task An_approval_that_was_forged_replayed_or_is_out_of_scope_is_refused()
    {
        await GateAsync();
        await GateAsync(version: "2.0.0", commit: new string('b', 40));
        var target = (await Answered.GetAsync(hub.Client, "/api/v1/releases/rag@1.9.0/approvals/gate")).Json;

        Refused(await ApproveAsync("rag@1.9.0", Signed(target, ReleasePlace.Boris, "anna")), "the signature is not that of this person");
        Refused(await ApproveAsync("rag@1.9.0", Signed(target, ReleasePlace.Boris, "boris")), "boris may approve promote of *, not 'gate' of rag");
        Refused(await ApproveAsync("rag@1.9.0", Signed(target, ReleasePlace.Anna, "carla")), "nobody of this name");
        var signed = Signed(target, ReleasePlace.Anna, "anna");
        Refused(await ApproveAsync("rag@2.0.0", signed), "signed for another release");
        Refused(await ApproveAsync("rag@2.0.0", signed with { Release = "rag@2.0.0" }), "the signature is not that of this person");
        var other = (await Answered.GetAsync(hub.Client, "/api/v1/releases/rag@2.0.0/approvals/gate")).Json;
        var wrongCommit = Signed(other, ReleasePlace.Anna, "anna", release: "rag@1.9.0");
        Refused(await ApproveAsync("rag@1.9.0", wrongCommit), "it was signed for commit bbbb");
        Refused(await ApproveAsync("rag@1.9.0", signed with { Reason = "two\nlines" }), "The reason");
        Refused(await Answered.PostJsonAsync(hub.Admin, "/api/v1/releases/rag@1.9.0/approvals", """{"release": "rag@1.9.0"}"""), "");
        Refused(await Answered.GetAsync(hub.Client, "/api/v1/releases/rag@1.9.0/approvals/everything"), "nothing that is approved");
        Refused(await Answered.GetAsync(hub.Client, "/api/v1/releases/rag@7/approvals/gate"), "nothing to approve");
        (await Answered.GetAsync(hub.Client, "/api/v1/releases/rag@1.9.0/ledger")).Text.ShouldNotContain("\"kind\":\"approval\"");

        static void Refused(Answered answer, string says) =>
            (answer.ShouldBeProblem(400).Json.GetProperty("title").GetString() + answer.Text).ShouldContain(says);
    }

    [Fact]
    public async Task Reading_is_open_on_loopback_and_writing_needs_the_scope()
    {
        using var reader = await FlagHub.WithScopeAsync(hub, "read");
        using var writer = await FlagHub.WithScopeAsync(hub, "write");
        foreach (var (path, body) in new[] { ("rag/gate", """{"version": "1"}"""), ("rag@1/evidence", """{"evidence": []}"""), ("rag@1/approvals", "{}") })
        {
            (await Answered.PostJsonAsync(hub.Client, "/api/v1/releases/" + path, body)).Status.ShouldBe(401, path);
            (await Answered.PostJsonAsync(reader, "/api/v1/releases/" + path, body)).Status.ShouldBe(403, path);
        }

        (await Answered.PostJsonAsync(writer, "/api/v1/releases/rag/gate", """{"version": "1"}""")).Status.ShouldBe(200);
        (await Answered.ToAsync(writer, HttpMethod.Post, "/api/v1/ledger", new StringContent("x\n", Encoding.UTF8, "application/x-ndjson"))).Status.ShouldBe(
            403
        );
        (await Answered.ToAsync(hub.Admin, HttpMethod.Post, "/api/v1/ledger", new StringContent("x\n", Encoding.UTF8, "application/x-ndjson"))).ShouldBeProblem(
            400
        );
        (await Answered.GetAsync(hub.Client, "/api/v1/releases")).Status.ShouldBe(200);
        (await Answered.GetAsync(hub.Client, "/api/v1/ledger")).ContentType.ShouldBe("application/x-ndjson");
    }

    [Fact]
    public async Task A_version_is_one_candidate_and_one_file_is_one_release()
    {
        await GateAsync();
        var other = await PostGateAsync($$"""{"version": "1.9.0", "commit": "{{new string('c', 40)}}"}""");
        other.ShouldBeProblem(400).Json.GetProperty("title").GetString()!.ShouldContain("is commit 1898bfe1898bfe");
        (await PostGateAsync("{}")).ShouldBeProblem(400).Text.ShouldContain("Nobody says which candidate");
        (await PostGateAsync("""{"version": "a b"}""")).ShouldBeProblem(400).Text.ShouldContain("cannot be a version");
        (await PostGateAsync("""{"commit": "xyz1234"}""")).ShouldBeProblem(400).Text.ShouldContain("is no commit");
        (await PostGateAsync("""{"version": "1", "verdict": "pass"}""")).ShouldBeProblem(400);
        (await PostGateAsync("""{"version": "1", "file": "name: rag\nservice: s\nfoo: 1\n"}""")).ShouldBeProblem(400).Text.ShouldContain("unknown key 'foo'");
        (await PostGateAsync("""{"version": "1", "file": "name: other\nservice: s\ngate: { evidence: [{ slo: all }] }\n"}"""))
            .ShouldBeProblem(400)
            .Text.ShouldContain("is of the release 'other'");
        (await Answered.PostJsonAsync(hub.Admin, "/api/v1/releases/nothing/gate", """{"version": "1"}"""))
            .ShouldBeProblem(400)
            .Text.ShouldContain("There is no release 'nothing'");
        (await Answered.PostJsonAsync(hub.Admin, "/api/v1/releases/..%2Fx.yaml/gate", """{"version": "1"}""")).ShouldBeProblem(400);
        (await Answered.GetAsync(hub.Client, "/api/v1/releases/RAG/ledger")).ShouldBeProblem(400);
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("""[{"title": "benchmark handbook", "source": "f", "pieces": null}]""")]
    [InlineData("""[{"title": "benchmark handbook", "source": "f", "pieces": [null]}]""")]
    [InlineData("""[{"title": "benchmark handbook", "source": "f", "pieces": [{}]}]""")]
    [InlineData("""[{"title": "benchmark handbook", "source": "f", "pieces": [{"evidence": null}]}]""")]
    [InlineData("""[{"title": "benchmark handbook", "source": "f", "pieces": [{"evidence": {"metric": "x"}}]}]""")]
    [InlineData(
        """[{"title": "benchmark handbook", "source": "f", "pieces": [{"evidence": {"subject": {}, "metric": "", "verdict": "pass", "reason": "", "at": "2026-11-21T12:00:00Z", "tool_version": ""}}]}]"""
    )]
    [InlineData(
        """[{"title": "benchmark handbook", "source": "f", "pieces": [{"evidence": {"subject": {}, "metric": "x", "verdict": "good", "reason": "", "at": "2026-11-21T12:00:00Z", "tool_version": ""}}]}]"""
    )]
    public async Task Evidence_that_is_none_is_refused(string given) =>
        (await PostGateAsync($$"""{"version": "1", "given": {{given}}}""")).ShouldBeProblem(400);

    [Fact]
    public async Task Evidence_that_says_no_more_than_it_must_is_taken_and_decides_nothing_it_does_not_prove()
    {
        const string Least =
            """{"subject": {}, "metric": "judge mean", "verdict": "pass", "reason": "said so", "at": "2026-11-21T13:59:00Z", "tool_version": "1"}""";
        var answer = await PostGateAsync(
            $$"""{"version": "1", "benchmarks": {{Subject}}, "given": [{"title": "benchmark handbook", "source": "f", "pieces": [{"evidence": {{Least}}}]}]}"""
        );
        answer.Status.ShouldBe(200, answer.Text);
        // What is handed in must prove as much as what the hub has itself.
        answer.Json.GetProperty("decision").GetProperty("needs")[0].GetProperty("reason").GetString()!.ShouldStartWith("It measured another dataset: none");
        (await Answered.PostJsonAsync(hub.Admin, "/api/v1/releases/rag@1/evidence", $$"""{"evidence": [{{Least}}]}"""))
            .Json.GetProperty("links")[0]
            .GetProperty("number")
            .GetInt64()
            .ShouldBe(2, "it is there already");
    }

    [Fact]
    public async Task A_file_that_is_wrong_is_told_in_the_list_and_the_ledger_goes_on()
    {
        await GateAsync();
        ReleasePlace.Write(hub.Folder, "catalog/releases/wrong.yaml", "name: wrong\nsrvice: x\n");
        var list = (await Answered.GetAsync(hub.Client, "/api/v1/releases")).Json;
        list.GetProperty("fault").GetProperty("problem").GetString()!.ShouldContain("unknown key 'srvice'");
        list.GetProperty("releases")[0].GetProperty("versions")[0].GetProperty("release").GetString().ShouldBe("rag@1.9.0");
    }

    private async Task<JsonElement> GateAsync(string subject = Subject, string version = "1.9.0", string commit = ReleasePlace.Commit)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        var answer = await PostGateAsync($$"""{"version": "{{version}}", "commit": "{{commit}}", "benchmarks": {{subject}}}""");
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json;
    }

    private Task<Answered> PostGateAsync(string json) => Answered.PostJsonAsync(hub.Admin, "/api/v1/releases/rag/gate", json);

    private Task<Answered> ApproveAsync(string release, Approval approval) =>
        Answered.PostJsonAsync(hub.Admin, $"/api/v1/releases/{release}/approvals", Encoding.UTF8.GetString(approval.ToJson()));

    private Approval Signed(JsonElement target, string key, string name, string? release = null) =>
        new Approval(
            release ?? target.GetProperty("release").GetString()!,
            target.GetProperty("commit").GetString()!,
            target.GetProperty("file_hash").GetString()!,
            target.GetProperty("scope").GetString()!,
            name,
            "figures read",
            clock.GetUtcNow(),
            ""
        ).SignedWith(key);

    private async Task WholeAsync(int links)
    {
        var check = new ChainCheck();
        foreach (var line in (await Answered.GetAsync(hub.Client, "/api/v1/ledger")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            check.Take(Encoding.UTF8.GetBytes(line)).ShouldBeTrue(check.Fault?.Problem);
        }

        check.End().Links.ShouldBe(links);
    }
}
