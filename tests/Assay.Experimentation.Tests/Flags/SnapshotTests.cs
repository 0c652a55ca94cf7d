using Assay.Catalogs;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Flags;

namespace Assay.Experimentation.Tests.Flags;

public sealed class SnapshotTests
{
    private const string Yaml = """
        name: reranker
        description: Which model orders the passages
        owner: search
        expires: 2027-01-31
        variants: { small: 5, large: { model: "bge", sizes: [1, 2.50, "3"] }, off: null }
        rules:
          - name: staff
            if: [{ attribute: age, operator: atLeast, values: [18] }]
            rollout: { large: 12.3456 }
        rollout: { small: 50 }
        ---
        name: plain
        """;

    [Fact]
    public void A_snapshot_read_back_answers_the_same_and_keeps_who_changed_it_at_home()
    {
        var flags = Flagging.Read(
            Yaml,
            Flagging.Override("plain", 7) with
            {
                Killed = true,
                Reason = "secret",
            },
            Flagging.Override("reranker", 2) with
            {
                Enabled = true,
            }
        );
        var experiments = ExperimentSet.Build(
            CatalogFile.Parse<ExperimentFile>("name: test\nvariants: [{ name: control, weight: 50 }, { name: new, weight: 50 }]", "experiments.yaml")
        );
        var json = new Snapshot(flags, experiments, "v1").ToJson();
        var read = Snapshot.FromJson(json.Span);
        read.Version.ShouldBe("v1");
        read.Flags.Fingerprint.ShouldBe(flags.Fingerprint);
        System.Text.Encoding.UTF8.GetString(json.Span).ShouldNotContain("secret");
        read.ToJson().ToArray().ShouldBe(json.ToArray());
        read.Flags.Evaluate("plain", "a").ShouldBe(flags.Evaluate("plain", "a"));
        for (var i = 0; i < 1000; i++)
        {
            var unit = $"user-{i}";
            read.Flags.Evaluate("reranker", unit).Variant.ShouldBe(flags.Evaluate("reranker", unit).Variant);
            read.Experiments.Arm("test", unit).ShouldBe(experiments.Arm("test", unit));
        }
    }

    [Theory]
    [InlineData("rules: [{ name: beta, if: [{ attribute: group, values: [beta] }], rollout: { on: 50 } }]\nrollout: { on: 5 }", 100)]
    [InlineData("rules: [{ name: holdout, rollout: { off: 10 } }]\nrollout: { on: 100 }", 0)]
    public void What_a_hub_has_in_force_is_read_also_when_a_share_of_it_changes_nothing_any_more(string yaml, int percent)
    {
        var shares = percent == 0 ? [] : new Dictionary<string, decimal> { ["on"] = percent };
        var killed = Flagging.Override("other") with { Killed = true };
        var flags = Flagging.Read($"name: a\n{yaml}\n---\nname: other\ndefault: on", Flagging.Override("a") with { Rollout = shares }, killed);
        var read = Snapshot.FromJson(new Snapshot(flags, ExperimentSet.Empty, "v1").ToJson().Span);
        read.Flags.Fingerprint.ShouldBe(flags.Fingerprint);
        read.Flags.Evaluate("a", "ann").Variant.ShouldBe(percent == 0 ? "off" : "on");
        read.Flags.Evaluate("other", "ann").Reason.ShouldBe(EvaluationReason.Disabled);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"flags\":[null]}")]
    [InlineData("{\"flags\":null}")]
    [InlineData("{\"flags\":[{\"name\":\"a\",\"rules\":[null]}]}")]
    [InlineData("{\"flags\":[{\"name\":null}]}")]
    [InlineData("{\"experiments\":[{\"name\":\"a\",\"variants\":[null,null]}]}")]
    public void What_is_no_snapshot_is_refused(string json) =>
        Should.Throw<AssayException>(() => Snapshot.FromJson(System.Text.Encoding.UTF8.GetBytes(json))).ExitCode.ShouldBe(ExitCode.WrongUsage);
}
