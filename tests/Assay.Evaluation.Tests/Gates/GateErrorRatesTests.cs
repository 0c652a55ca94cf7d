using Assay.Evaluation.Tests.Gates.Simulations;

namespace Assay.Evaluation.Tests.Gates;

/// <summary>The study of the bench "gates" in small: seeded, so that it says the same every time.</summary>
public sealed class GateErrorRatesTests
{
    private const int Runs = 300;

    // 5 % and three standard errors of a share among 300 runs.
    private const double Most = 0.05 + (3 * 0.0126);

    public static TheoryData<int> Worlds => [.. Enumerable.Range(0, GateWorld.All.Length)];

    [Theory]
    [MemberData(nameof(Worlds))]
    public void At_the_limit_a_gate_passes_and_fails_in_five_percent_of_runs_at_most(int world)
    {
        var independent = GateStudy.Decide(GateWorld.All[world], r => GateWorld.All[world].Draw(r, 0, 100), Runs, 11);
        var clustered = GateStudy.Decide(GateWorld.All[world], r => GateWorld.All[world].DrawClusters(r, 0, 20), Runs, 12);
        independent.Passed.ShouldBeLessThan(Most);
        independent.Failed.ShouldBeLessThan(Most);
        clustered.Passed.ShouldBeLessThan(Most);
        clustered.Failed.ShouldBeLessThan(Most);
    }

    [Fact]
    public void Clusters_taken_for_independent_cases_pass_too_often()
    {
        // The same draws without their clusters: what the gate would do if it did not know them.
        var world = GateWorld.All[0] with
        {
            Value = (random, distance, common) => Math.Clamp(0.7 + distance + (0.3 * common), 0, 1),
        };
        var blind = GateStudy.Decide(
            world,
            r =>
            {
                var sample = world.DrawClusters(r, 0, 20);
                return sample with { Clusters = [.. Enumerable.Range(0, sample.Count)], ClusterCount = sample.Count };
            },
            Runs,
            13
        );
        blind.Passed.ShouldBeGreaterThan(0.15);
        GateStudy.Decide(world, r => world.DrawClusters(r, 0, 20), Runs, 14).Passed.ShouldBeLessThan(Most);
    }

    [Fact]
    public void A_run_of_the_announced_size_is_decided_in_three_of_four_cases()
    {
        GateStudy.Announce(GateWorld.All[0], 0.05, 100, isClustered: false, 300, 14).Decided.ShouldBeGreaterThan(0.75);
        GateStudy.Announce(GateWorld.All[3], 0.04, 100, isClustered: false, 300, 15).Decided.ShouldBeGreaterThan(0.75);
        GateStudy.Announce(GateWorld.All[6], 0.03, 100, isClustered: false, 300, 16).Decided.ShouldBeGreaterThan(0.75);
    }
}
