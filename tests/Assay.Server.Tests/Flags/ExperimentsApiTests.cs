using Assay.Experimentation.Flags;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Flags;

public sealed class ExperimentsApiTests
{
    private const string Experiment = """
        name: reranker_model_test
        hypothesis: The large one finds more.
        owner: search
        variants:
          - { name: control, weight: 50 }
          - { name: large, weight: 50, description: The large model. }
        metrics:
          - { name: relevance, minimalEffect: 0.02 }
          - { name: latency_ms, role: guardrail, better: lower, margin: 50 }
        """;

    [Fact]
    public async Task Experiments_of_the_catalog_are_listed_shown_and_sent_to_clients()
    {
        await using var hub = await FlagHub.StartAsync();
        (await Answered.GetAsync(hub.Client, "/api/v1/experiments")).Json.GetProperty("experiments").GetArrayLength().ShouldBe(0);
        var file = Path.Combine(hub.Folder, "catalog", "experiments", "e.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, Experiment, TestContext.Current.CancellationToken);
        var list = await Eventually.GetAsync(
            async () => (await Answered.GetAsync(hub.Client, "/api/v1/experiments")).Json.GetProperty("experiments"),
            e => e.GetArrayLength() == 1,
            "the experiment is not there"
        );
        list[0].GetProperty("goals").EnumerateArray().Select(g => g.GetString()).ShouldBe(["relevance"]);
        list[0].GetProperty("variants")[1].GetProperty("weight").GetDecimal().ShouldBe(50);

        var one = (await Answered.GetAsync(hub.Client, "/api/v1/experiments/reranker_model_test")).Json.GetProperty("definition");
        one.GetProperty("hypothesis").GetString().ShouldBe("The large one finds more.");
        one.GetProperty("metrics")[0].GetProperty("minimal_effect").GetDouble().ShouldBe(0.02);
        one.TryGetProperty("place", out _).ShouldBeFalse();
        var snapshot = Snapshot.FromJson(System.Text.Encoding.UTF8.GetBytes((await Answered.GetAsync(hub.Client, "/api/v1/snapshot")).Text));
        snapshot.Experiments.All.ShouldHaveSingleItem().Name.ShouldBe("reranker_model_test");
        (await Answered.GetAsync(hub.Client, "/api/v1/experiments/nothing")).ShouldBeProblem(404);
    }
}
