using Assay.Releases.Canaries;
using Assay.Releases.Rollbacks;
using Assay.Releases.Tests.Canaries;

namespace Assay.Releases.Tests.Rollbacks;

/// <summary>A rollback that comes just before traffic is raised, or in the midst of it: another process may write the intent at any moment.</summary>
public sealed class RaisedTrafficTests : IDisposable
{
    private static readonly CanaryPlan Plan = MadeCanary.Plan();
    private static readonly CanaryMove ToHalf = new(2, 50, "the step is well", CanaryMove.Controller);
    private readonly CanaryWorld world = new();

    [Fact]
    public async Task Traffic_that_nobody_wants_back_is_raised()
    {
        Arm();
        (await RaiseAsync()).ShouldBeTrue();
        world.Split.Percent.ShouldBe(50);
    }

    [Fact]
    public async Task What_was_rolled_back_before_gets_no_traffic_for_a_moment()
    {
        Arm();
        Want();
        (await RaiseAsync()).ShouldBeFalse();
        world.Split.History.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_rolled_back_while_traffic_is_raised_ends_at_0()
    {
        Arm();
        world.Split.Setting = percent =>
        {
            if (percent > 0)
            {
                Want();
            }
        };
        (await RaiseAsync()).ShouldBeFalse();
        world.Split.History.ShouldBe([50, 0]);
    }

    [Fact]
    public async Task A_raise_that_fails_after_the_rollback_came_ends_at_0_too()
    {
        await world.Split.SetAsync(5, "the step before", CancellationToken.None);
        Arm();
        world.Split.Setting = percent =>
        {
            if (percent > 0)
            {
                Want();
                throw AssayException.Infrastructure("The proxy does not answer.", "Start it.");
            }
        };
        (await RaiseAsync()).ShouldBeFalse();
        world.Split.History.ShouldBe([5, 0]);
    }

    public void Dispose() => world.Dispose();

    private Task<bool> RaiseAsync() => world.Rollbacks().RaiseAsync(Plan, ToHalf, CancellationToken.None);

    private void Arm() => world.Cards.Arm(world.Release, "shop", Plan.File.Split, MadeCanary.Noon);

    private void Want() =>
        world.Cards.Put(world.Cards.Find(world.Release)! with { Stage = RollbackStage.Wanted, Reason = "it burns", WantedAt = MadeCanary.Noon });
}
