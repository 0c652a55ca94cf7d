using Assay.Catalogs;
using Assay.Experimentation.Flags;
using Assay.Flags;
using Assay.Server.Flags;

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
