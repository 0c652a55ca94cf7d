using Assay.Experimentation.Flags;
using Assay.Server.Flags;
using Assay.Server.Tests.Slos;
using Assay.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Flags;

public sealed class FlagsApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flags_of_the_catalog_are_listed_and_shown()
    {
        await using var hub = await FlagHub.StartAsync();
        var list = (await Answered.GetAsync(hub.Client, "/api/v1/flags")).Json;
        list.GetProperty("flags")
            .EnumerateArray()
            .Select(f => f.GetProperty("name").GetString())
            .ShouldBe(["always_on", "answer_style", "off_in_file", "rag_plus_plus", "reranker_model", "top_k"]);
        var rag = list.GetProperty("flags").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "rag_plus_plus");
        rag.GetProperty("state").GetString().ShouldBe("on");
        rag.GetProperty("rules").GetInt32().ShouldBe(1);
        rag.GetProperty("rollout").GetProperty("on").GetDecimal().ShouldBe(25);
        rag.GetProperty("version").GetInt64().ShouldBe(0);

        var one = (await Answered.GetAsync(hub.Client, "/api/v1/flags/answer_style")).Json;
        one.GetProperty("file").GetString().ShouldBe("flags.yaml");
        one.GetProperty("definition").GetProperty("variants").GetProperty("long").GetProperty("sentences").GetInt32().ShouldBe(8);
        one.TryGetProperty("override", out _).ShouldBeFalse();
        (await Answered.GetAsync(hub.Client, "/api/v1/flags/nothing")).ShouldBeProblem(404);
        (await Answered.GetAsync(hub.Client, "/api/v1/flags/%0Anothing")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task A_change_needs_a_token_with_the_scope_write()
    {
        await using var hub = await FlagHub.StartAsync();
        const string Kill = """{"killed": true, "reason": "it hurts"}""";
        (await Answered.PostJsonAsync(hub.Client, "/api/v1/flags/top_k", Kill)).ShouldBeProblem(401);
        using var reader = await FlagHub.WithScopeAsync(hub, "read");
        (await Answered.PostJsonAsync(reader, "/api/v1/flags/top_k", Kill)).ShouldBeProblem(403);
        using var sender = await FlagHub.WithScopeAsync(hub, "ingest");
        (await Answered.PostJsonAsync(sender, "/api/v1/flags/top_k", Kill)).ShouldBeProblem(403);
        (await StateAsync(hub, "top_k")).ShouldBe("on");
        using var writer = await FlagHub.WithScopeAsync(hub, "write");
        (await Answered.PostJsonAsync(writer, "/api/v1/flags/top_k", Kill)).Status.ShouldBe(200);
        (await StateAsync(hub, "top_k")).ShouldBe("killed");
    }

    [Fact]
    public async Task A_change_is_in_history_and_audit_log_with_actor_and_reason()
    {
        await using var hub = await FlagHub.StartAsync();
        (await FlagHub.ChangeAsync(hub, "rag_plus_plus", """{"rollout": {"on": 5}, "reason": " canary "}""")).Status.ShouldBe(200);
        (await FlagHub.KillAsync(hub, "rag_plus_plus", "answers without sources")).Status.ShouldBe(200);
        var restored = (await FlagHub.ChangeAsync(hub, "rag_plus_plus", """{"killed": false, "reason": "mended"}""")).Json;
        restored.GetProperty("flag").GetProperty("state").GetString().ShouldBe("on");
        // The kill switch left the shares as they were.
        restored.GetProperty("override").GetProperty("rollout").GetProperty("on").GetDecimal().ShouldBe(5);

        var history = (await Answered.GetAsync(hub.Client, "/api/v1/flags/rag_plus_plus/history")).Json.GetProperty("entries").EnumerateArray().ToList();
        history
            .Select(e => (e.GetProperty("version").GetInt64(), e.GetProperty("reason").GetString(), e.GetProperty("actor").GetString()))
            .ShouldBe([(3, "mended", "token admin"), (2, "answers without sources", "token admin"), (1, "canary", "token admin")]);
        history.Select(e => e.GetProperty("at").GetDateTimeOffset()).ShouldBe(history.Select(e => e.GetProperty("at").GetDateTimeOffset()).OrderDescending());
        var page = (await Answered.GetAsync(hub.Client, "/api/v1/flags/rag_plus_plus/history?skip=1&limit=1")).Json.GetProperty("entries");
        page.EnumerateArray().Single().GetProperty("version").GetInt64().ShouldBe(2);

        var audit = (await Answered.GetAsync(hub.Client, "/api/v1/audit")).Json.GetProperty("records").EnumerateArray().Take(3);
        audit
            .Select(r => (r.GetProperty("action").GetString(), r.GetProperty("subject").GetString(), r.GetProperty("reason").GetString()))
            .ShouldBe([
                ("flag.restored", "rag_plus_plus", "mended"),
                ("flag.killed", "rag_plus_plus", "answers without sources"),
                ("flag.changed", "rag_plus_plus", "canary"),
            ]);
    }

    [Fact]
    public async Task A_change_for_another_version_is_refused_with_both_versions()
    {
        await using var hub = await FlagHub.StartAsync();
        (await FlagHub.ChangeAsync(hub, "top_k", """{"rollout": {"many": 10}, "reason": "first", "expected_version": 0}""")).Status.ShouldBe(200);
        var refused = (await FlagHub.ChangeAsync(hub, "top_k", """{"rollout": {"many": 20}, "reason": "second", "expected_version": 0}""")).ShouldBeProblem(
            409
        );
        refused.Json.GetProperty("expected_version").GetInt64().ShouldBe(0);
        refused.Json.GetProperty("version").GetInt64().ShouldBe(1);
        refused.Json.GetProperty("detail").GetString()!.ShouldContain("first");
        (await FlagHub.ChangeAsync(hub, "top_k", """{"rollout": {"many": 20}, "reason": "second", "expected_version": 1}""")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Of_many_changes_for_one_version_one_is_made()
    {
        await using var hub = await FlagHub.StartAsync();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 20)
                .Select(i => FlagHub.ChangeAsync(hub, "top_k", $$"""{"rollout": {"many": {{i}}}, "reason": "race {{i}}", "expected_version": 0}"""))
        );
        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Count(a => a.Status == 409).ShouldBe(19);
        var history = (await Answered.GetAsync(hub.Client, "/api/v1/flags/top_k/history")).Json.GetProperty("entries");
        history
            .EnumerateArray()
            .Single()
            .GetProperty("reason")
            .GetString()
            .ShouldBe(answers.Single(a => a.Status == 200).Json.GetProperty("override").GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("""{"killed": true}""", "reason")]
    [InlineData("""{"killed": true, "reason": "   "}""", "reason")]
    [InlineData("""{"killed": true, "reason": "two\nlines"}""", "control character")]
    [InlineData("""{"reason": "nothing"}""", "Nothing is changed")]
    [InlineData("""{"reset": true, "killed": true, "reason": "both"}""", "reset stands beside")]
    [InlineData("""{"rollout": {"many": 101}, "reason": "r"}""", "101")]
    [InlineData("""{"rollout": {"many": 60, "few": 60}, "reason": "r"}""", "120")]
    [InlineData("""{"rollout": {"many": 0.00001}, "reason": "r"}""", "0.00001")]
    [InlineData("""{"rollout": {"plenty": 5}, "reason": "r"}""", "plenty")]
    [InlineData("""{"rollout": {"few": 5}, "reason": "r"}""", "--rollout many=95")]
    [InlineData("""{"rules": [{"name": "r", "rollout": {"few": 5}}], "reason": "r"}""", "rule 'r': its share of 5 % of 'few' changes nothing")]
    [InlineData("""{"rules": [{"name": "r", "serve": "plenty"}], "reason": "r"}""", "plenty")]
    [InlineData(
        """{"rules": [{"name": "r", "if": [{"attribute": "a", "operator": "resembles", "values": ["x"]}], "serve": "many"}], "reason": "r"}""",
        "resembles"
    )]
    [InlineData("""{"rules": [{"name": "r", "when": [], "serve": "many"}], "reason": "r"}""", "not the JSON")]
    [InlineData("""{"kill": true, "reason": "r"}""", "not the JSON")]
    [InlineData("""{"killed": true, "reason": "r", "expected_version": -1}""", "expected_version")]
    [InlineData("""[]""", "not the JSON")]
    public async Task A_wrong_change_is_refused_and_changes_nothing(string change, string says)
    {
        await using var hub = await FlagHub.StartAsync();
        var refused = (await FlagHub.ChangeAsync(hub, "top_k", change)).ShouldBeProblem(400);
        (refused.Json.GetProperty("title").GetString() + refused.Json.GetProperty("detail").GetString()).ShouldContain(says);
        var now = (await Answered.GetAsync(hub.Client, "/api/v1/flags/top_k")).Json;
        now.GetProperty("flag").GetProperty("version").GetInt64().ShouldBe(0);
        now.GetProperty("flag").GetProperty("state").GetString().ShouldBe("on");
    }

    [Fact]
    public async Task The_kill_switch_wins_over_rules_shares_and_a_reload()
    {
        await using var hub = await FlagHub.StartAsync();
        const string Tester = """{"targetingKey": "user-1", "group": "testers"}""";
        (await FlagHub.EvaluateAsync(hub, "rag_plus_plus", Tester)).Json.GetProperty("value").GetBoolean().ShouldBeTrue();
        await FlagHub.ChangeAsync(hub, "rag_plus_plus", """{"enabled": true, "rollout": {"on": 100}, "reason": "all"}""");
        await FlagHub.KillAsync(hub, "rag_plus_plus");
        await ShouldBeKilledAsync();

        var before = await VersionAsync(hub);
        FlagHub.Write(hub.Folder, FlagHub.Flags + "\n---\nname: another\n");
        await Eventually.GetAsync(() => VersionAsync(hub), v => v != before, "the files were not read again");
        await ShouldBeKilledAsync();

        async Task ShouldBeKilledAsync()
        {
            var killed = (await FlagHub.EvaluateAsync(hub, "rag_plus_plus", Tester)).Json;
            killed.GetProperty("value").GetBoolean().ShouldBeFalse();
            killed.GetProperty("reason").GetString().ShouldBe("DISABLED");
        }
    }

    [Fact]
    public async Task Overrides_outlive_the_hub_and_a_reset_gives_the_word_back_to_the_file()
    {
        var folder = Directory.CreateTempSubdirectory("assay-flags-").FullName;
        string version;
        await using (var hub = await FlagHub.StartAsync(folder: folder))
        {
            await FlagHub.ChangeAsync(hub, "off_in_file", """{"enabled": true, "reason": "try it"}""");
            await FlagHub.KillAsync(hub, "top_k");
            version = await VersionAsync(hub);
        }

        await using (var hub = await FlagHub.StartAsync(folder: folder))
        {
            (await VersionAsync(hub)).ShouldBe(version);
            (await StateAsync(hub, "top_k")).ShouldBe("killed");
            (await FlagHub.EvaluateAsync(hub, "off_in_file")).Json.GetProperty("value").GetBoolean().ShouldBeTrue();
            var reset = (await FlagHub.ChangeAsync(hub, "off_in_file", """{"reset": true, "reason": "enough"}""")).Json;
            reset.GetProperty("flag").GetProperty("state").GetString().ShouldBe("off");
            reset.GetProperty("flag").GetProperty("overridden").GetBoolean().ShouldBeFalse();
            reset.GetProperty("flag").GetProperty("version").GetInt64().ShouldBe(2);
            (await Answered.GetAsync(hub.Client, "/api/v1/flags/off_in_file/history")).Json.GetProperty("entries").GetArrayLength().ShouldBe(2);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_broken_file_keeps_the_last_good_flags_and_their_kill_switch_works()
    {
        await using var hub = await FlagHub.StartAsync();
        FlagHub.Write(hub.Folder, FlagHub.Flags.Replace("operator: in", "operator: resembles", StringComparison.Ordinal));
        var faulty = await Eventually.GetAsync(
            async () => (await Answered.GetAsync(hub.Client, "/api/v1/flags")).Json,
            a => a.TryGetProperty("fault", out _),
            "the fault is not shown"
        );
        faulty.GetProperty("fault").GetProperty("problem").GetString()!.ShouldContain("flags.yaml:8");
        faulty.GetProperty("flags").GetArrayLength().ShouldBe(6);
        (await Answered.GetAsync(hub.Client, "/readyz")).Text.ShouldContain("resembles");
        (await FlagHub.KillAsync(hub, "rag_plus_plus")).Status.ShouldBe(200);
        (await FlagHub.EvaluateAsync(hub, "rag_plus_plus", """{"targetingKey": "u", "group": "testers"}"""))
            .Json.GetProperty("reason")
            .GetString()
            .ShouldBe("DISABLED");
        // What is wrong with the files is still told.
        (await Answered.GetAsync(hub.Client, "/api/v1/flags"))
            .Json.TryGetProperty("fault", out _)
            .ShouldBeTrue();

        FlagHub.Write(hub.Folder, FlagHub.Flags);
        await Eventually.GetAsync(
            async () => (await Answered.GetAsync(hub.Client, "/api/v1/flags")).Json,
            a => !a.TryGetProperty("fault", out _),
            "the mended file is not in force"
        );
        (await StateAsync(hub, "rag_plus_plus")).ShouldBe("killed");
    }

    [Fact]
    public async Task A_hub_does_not_start_with_a_wrong_file()
    {
        var folder = Directory.CreateTempSubdirectory("assay-flags-").FullName;
        var refused = await Should.ThrowAsync<AssayException>(async () => await FlagHub.StartAsync("name: Not A Name\n", folder: folder));
        refused.Message.ShouldContain("flags.yaml:1");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_override_that_no_longer_fits_its_file_keeps_its_switches()
    {
        await using var hub = await FlagHub.StartAsync();
        await FlagHub.ChangeAsync(hub, "top_k", """{"rollout": {"many": 100}, "reason": "all"}""");
        await FlagHub.KillAsync(hub, "top_k");
        FlagHub.Write(hub.Folder, FlagHub.Flags.Replace("few: 5, many: 20", "few: 5, most: 20", StringComparison.Ordinal));
        var faulty = await Eventually.GetAsync(
            async () => (await Answered.GetAsync(hub.Client, "/api/v1/flags")).Json,
            a => a.TryGetProperty("fault", out _),
            "the fault is not shown"
        );
        faulty.GetProperty("fault").GetProperty("problem").GetString()!.ShouldContain("top_k");
        (await FlagHub.EvaluateAsync(hub, "top_k")).Json.GetProperty("reason").GetString().ShouldBe("DISABLED");
        (await FlagHub.ChangeAsync(hub, "top_k", """{"killed": false, "reason": "mended"}""")).Status.ShouldBe(200);
        (await FlagHub.EvaluateAsync(hub, "top_k")).Json.GetProperty("value").GetInt32().ShouldBe(5);
        (await FlagHub.ChangeAsync(hub, "top_k", """{"reset": true, "reason": "as the file says"}""")).Status.ShouldBe(200);
        (await Answered.GetAsync(hub.Client, "/api/v1/flags")).Json.TryGetProperty("fault", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_process_that_dies_between_history_and_override_leaves_both_agreed()
    {
        await using var hub = await FlagHub.StartAsync();
        await FlagHub.KillAsync(hub, "top_k", "first");
        // What is on disk when the process dies after the first of the two writes: the copy of what is in force.
        var documents = hub.Hub.Services.GetRequiredService<IDocumentStore>();
        var inForce = (await documents.GetAsync(FlagDocuments.Overrides, "top_k", Cancel)).ShouldNotBeNull();
        await documents.PutAsync(
            new DocumentWrite(FlagDocuments.History, "top_k/0000000000000000001", inForce.Json) { ExpectedVersion = 0, At = inForce.At },
            Cancel
        );
        (await ReasonsAsync()).ShouldBe(["first"]);

        await FlagHub.ChangeAsync(hub, "top_k", """{"killed": false, "reason": "second"}""");
        (await ReasonsAsync()).ShouldBe(["second", "first"]);

        async Task<IEnumerable<string?>> ReasonsAsync() =>
            (await Answered.GetAsync(hub.Client, "/api/v1/flags/top_k/history"))
                .Json.GetProperty("entries")
                .EnumerateArray()
                .Select(e => e.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_override_that_another_process_wrote_is_in_force_soon()
    {
        await using var hub = await FlagHub.StartAsync();
        var documents = new FlagDocuments(hub.Hub.Services.GetRequiredService<IDocumentStore>());
        var killed = new FlagOverride
        {
            Flag = "top_k",
            Killed = true,
            Actor = "token other",
            Reason = "elsewhere",
            At = TimeProvider.System.GetUtcNow(),
        };
        (await documents.PutAsync(before: null, killed, Cancel)).Done.ShouldBeTrue();
        await Eventually.GetAsync(() => StateAsync(hub, "top_k"), s => s == "killed", "the other process was not heard");
    }

    [Fact]
    public async Task A_clock_that_went_back_keeps_the_order_of_history()
    {
        var time = new SteppedTime(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        await using var hub = await FlagHub.StartAsync(time: time);
        await FlagHub.KillAsync(hub, "top_k", "first");
        time.Advance(TimeSpan.FromHours(-3));
        await FlagHub.ChangeAsync(hub, "top_k", """{"killed": false, "reason": "second"}""");
        await FlagHub.KillAsync(hub, "top_k", "third");
        var history = (await Answered.GetAsync(hub.Client, "/api/v1/flags/top_k/history")).Json.GetProperty("entries").EnumerateArray().ToList();
        history.Select(e => e.GetProperty("reason").GetString()).ShouldBe(["third", "second", "first"]);
        history.Select(e => e.GetProperty("at").GetDateTimeOffset()).ShouldBe(history.Select(e => e.GetProperty("at").GetDateTimeOffset()).OrderDescending());
    }

    [Fact]
    public async Task Rules_that_were_set_decide_and_are_explained()
    {
        await using var hub = await FlagHub.StartAsync();
        const string Rules = """
            {"rules": [{"name": "new apps", "if": [{"attribute": "app_version", "operator": "semverAtLeast", "values": ["2.1.0"]}], "serve": "many"}], "reason": "new apps only"}
            """;
        (await FlagHub.ChangeAsync(hub, "top_k", Rules)).Status.ShouldBe(200);
        (await FlagHub.EvaluateAsync(hub, "top_k", """{"targetingKey": "u", "app_version": "2.10.0"}""")).Json.GetProperty("value").GetInt32().ShouldBe(20);
        (await FlagHub.EvaluateAsync(hub, "top_k", """{"targetingKey": "u", "app_version": "2.0.9"}""")).Json.GetProperty("value").GetInt32().ShouldBe(5);

        var explained = await Answered.PostJsonAsync(
            hub.Client,
            "/api/v1/flags/top_k/explain",
            """{"context": {"targetingKey": "u", "app_version": "2.10.0"}}"""
        );
        explained.Status.ShouldBe(200, explained.Text);
        explained.Json.GetProperty("evaluation").GetProperty("value").GetInt32().ShouldBe(20);
        explained.Json.GetProperty("evaluation").GetProperty("reason").GetString().ShouldBe("targeting_match");
        explained.Json.GetProperty("rules")[0].GetProperty("holds").GetBoolean().ShouldBeTrue();
        explained.Json.GetProperty("rules")[0].GetProperty("conditions")[0].GetProperty("actual").GetString().ShouldBe("2.10.0");
        (await Answered.PostJsonAsync(hub.Client, "/api/v1/flags/top_k/explain", "{}")).ShouldBeProblem(400);
        (await Answered.PostJsonAsync(hub.Client, "/api/v1/flags/nothing/explain", """{"context": {"targetingKey": "u"}}""")).ShouldBeProblem(404);
    }

    private static async Task<string?> StateAsync(RunningHub hub, string flag) =>
        (await Answered.GetAsync(hub.Client, $"/api/v1/flags/{flag}")).Json.GetProperty("flag").GetProperty("state").GetString();

    private static async Task<string> VersionAsync(RunningHub hub) => (await Answered.GetAsync(hub.Client, "/api/v1/snapshot")).Headers["etag"].Trim('"');
}
