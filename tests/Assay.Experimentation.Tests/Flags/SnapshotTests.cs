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
