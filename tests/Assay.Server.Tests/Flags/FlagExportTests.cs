using Assay.Catalogs;
using Assay.Experimentation.Flags;
using Assay.Flags;
using Assay.Server.Flags;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Flags;

public sealed class FlagExportTests
{
    private const string Every = """
        name: everything
        description: "With: colons, # and \"quotes\""
        owner: "~"
        expires: 2027-03-31
        variants:
          none: null
          five: 5
          text: "5"
          words: "yes: no"
          list: [1, "a", { b: [true, null] }]
          object: { "true": on, x: 1.50 }
        default: five
        whenOff: none
        requires:
          - { flag: other, variant: off }
          - { flag: third }
        rules:
          - name: a
            if:
              - { attribute: group, operator: notIn, values: ["null", "", " b", "5"] }
              - { attribute: key, operator: exists }
            rollout: { five: 0.0001, text: 12.5 }
            salt: s
          - serve: words
        rollout: { list: 1 }
        salt: own
        ---
        name: other
        enabled: false
        ---
        name: third
        rules: []
        rollout: {}
        """;

    [Fact]
    public void What_is_written_is_read_as_the_same()
    {
        var flags = CatalogFile.Parse<FlagFile>(Every, "flags.yaml");
        var again = CatalogFile.Parse<FlagFile>(FlagYaml.Write(flags), "again.yaml");
        FlagSet.Build(again, []).Fingerprint.ShouldBe(FlagSet.Build(flags, []).Fingerprint);
        FlagYaml.Write(again).ShouldBe(FlagYaml.Write(flags));
    }

    [Theory]
    [InlineData("Who orders the passages.")]
    [InlineData("And so on...")]
    [InlineData("...")]
    [InlineData("Ends with a space ")]
    [InlineData("Two lines.\nThe second ends too.\n")]
    [InlineData("Lines to keep.\n\n\n")]
    public void The_last_value_keeps_its_end(string owner)
    {
        var written = FlagYaml.Write([new FlagFile { Name = "a", Owner = owner }]);
        CatalogFile.Parse<FlagFile>(written, "again.yaml").Single().Owner.ShouldBe(owner);
        written.ShouldNotEndWith("\n...\n");
    }

    [Fact]
    public void A_flag_whose_variants_are_empty_is_on_or_off_wherever_it_is_asked()
    {
        var flag = CatalogFile.Parse<FlagFile>("name: a\nvariants: {}\n", "flags.yaml").Single();
        EffectiveFlag.VariantsOf(flag).ShouldBe(FlagSet.Build([flag], []).All.Single().Variants.Select(v => v.Name));
    }

    [Fact]
    public async Task Of_an_override_that_does_not_fit_its_file_the_switches_alone_are_exported_and_shown()
    {
        await using var hub = await FlagHub.StartAsync();
        await FlagHub.ChangeAsync(hub, "top_k", """{"rollout": {"many": 40}, "reason": "some"}""");
        FlagHub.Write(hub.Folder, FlagHub.Flags.Replace("few: 5, many: 20", "few: 5, most: 20", StringComparison.Ordinal));
        await Eventually.GetAsync(
            async () => (await Answered.GetAsync(hub.Client, "/api/v1/flags")).Json,
            a => a.TryGetProperty("fault", out _),
            "the file was not read again"
        );
        (await Answered.GetAsync(hub.Client, "/api/v1/flags/export")).Json.GetProperty("files").GetArrayLength().ShouldBe(0);
        var shown = (await Answered.GetAsync(hub.Client, "/api/v1/flags/top_k")).Json;
        shown.GetProperty("flag").TryGetProperty("rollout", out _).ShouldBeFalse();
        shown.GetProperty("effective").TryGetProperty("rollout", out _).ShouldBeFalse();
        // What was decided is told as it was decided.
        shown.GetProperty("override").GetProperty("rollout").GetProperty("many").GetDecimal().ShouldBe(40);
        (await Answered.GetAsync(hub.Client, "/flags/top_k", ("Accept-Language", "en"))).Text.ShouldNotContain("other than its file");

        await FlagHub.KillAsync(hub, "top_k");
        var file = (await Answered.GetAsync(hub.Client, "/api/v1/flags/export")).Json.GetProperty("files").EnumerateArray().Single();
        var exported = FlagSet.Build(CatalogFile.Parse<FlagFile>(file.GetProperty("text").GetString()!, "flags.yaml"), []);
        exported.Evaluate("top_k", "user-1").Reason.ShouldBe(EvaluationReason.Disabled);
    }

    [Fact]
    public async Task What_a_hub_would_refuse_as_files_is_not_exported_and_reaches_services_all_the_same()
    {
        const string Partial = """
            name: widening
            rules:
              - name: beta
                if: [{ attribute: group, operator: in, values: [beta] }]
                rollout: { "on": 50 }
            rollout: { "on": 5 }
            """;
        await using var hub = await FlagHub.StartAsync(Partial);
        (await FlagHub.ChangeAsync(hub, "widening", """{"rollout": {"on": 100}, "reason": "all"}""")).Status.ShouldBe(200);
        var snapshot = Snapshot.FromJson(System.Text.Encoding.UTF8.GetBytes((await Answered.GetAsync(hub.Client, "/api/v1/snapshot")).Text));
        snapshot.Flags.Evaluate("widening", "user-1").Variant.ShouldBe("on");
        var refused = (await Answered.GetAsync(hub.Client, "/api/v1/flags/export")).ShouldBeProblem(400).Json;
        refused.GetProperty("title").GetString()!.ShouldContain("rule 'beta': its share of 50 % of 'on' changes nothing");
        refused.GetProperty("detail").GetString()!.ShouldContain("--rules");
    }

    [Fact]
    public async Task Exported_files_say_what_is_in_force()
    {
        await using var hub = await FlagHub.StartAsync();
        (await Answered.GetAsync(hub.Client, "/api/v1/flags/export")).Json.GetProperty("files").GetArrayLength().ShouldBe(0);
        await FlagHub.KillAsync(hub, "top_k");
        await FlagHub.ChangeAsync(hub, "rag_plus_plus", """{"rollout": {"on": 5}, "reason": "canary"}""");
        var file = (await Answered.GetAsync(hub.Client, "/api/v1/flags/export")).Json.GetProperty("files").EnumerateArray().Single();
        file.GetProperty("path").GetString().ShouldBe("flags.yaml");
        file.GetProperty("changed").EnumerateArray().Select(c => c.GetString()).ShouldBe(["rag_plus_plus", "top_k"]);
        var text = file.GetProperty("text").GetString()!;
        text.ShouldStartWith("# What a release may switch.\nname: rag_plus_plus\n");

        var exported = FlagSet.Build(CatalogFile.Parse<FlagFile>(text, "flags.yaml"), []);
        exported.All.Count.ShouldBe(6);
        exported.Evaluate("top_k", "user-1").Reason.ShouldBe(EvaluationReason.Disabled);
        exported.Find("rag_plus_plus")!.Definition.Rollout!["on"].ShouldBe(5);
        for (var i = 0; i < 300; i++)
        {
            var there = (await FlagHub.EvaluateAsync(hub, "rag_plus_plus", $$"""{"targetingKey": "user-{{i}}"}""")).Json.GetProperty("variant").GetString();
            exported.Evaluate("rag_plus_plus", new Unit($"user-{i}")).Variant.ShouldBe(there);
        }
    }
}
