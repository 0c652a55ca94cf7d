using Assay.Releases.Canaries;
using Assay.Releases.Ledger;
using Assay.Releases.Rollbacks;

namespace Assay.Releases.Tests.Canaries;

public sealed class CanaryRunnerTests : IDisposable
{
    private readonly CanaryWorld world = new();
    private readonly CanaryPlan plan = MadeCanary.Plan();

    [Fact]
    public async Task A_healthy_candidate_gets_all_traffic_step_by_step()
    {
        await StartAsync();
        world.Split.Percent.ShouldBe(5);
        var state = await LookUntilEndAsync();
        state.Phase.ShouldBe(CanaryPhase.Promoted);
        world.Split.History.ShouldBe([5, 25, 100]);
        world
            .Ledger.Links.Select(l => l.Entry.Kind)
            .Where(k => k is not (LedgerKind.Look or LedgerKind.Evidence))
            .ShouldBe([LedgerKind.CanaryStarted, LedgerKind.Step, LedgerKind.Step, LedgerKind.Promoted]);
        world.Ledger.Links.Count(l => l.Entry.Kind == LedgerKind.Look).ShouldBe(10, "five looks of a minute at each of two steps");
        (await new CanaryBook(world.Documents).LooksAsync(world.Release, 100, CancellationToken.None)).Count.ShouldBe(10);
    }

    [Fact]
    public async Task Two_controllers_never_look_at_one_canary()
    {
        await StartAsync();
        world.Time.Pass(TimeSpan.FromMinutes(1));
        var refused = await Should.ThrowAsync<AssayException>(() => world.LookAsync("two"));
        refused.ExitCode.ShouldBe(ExitCode.Infrastructure);
        refused.Message.ShouldContain("is controlled by one until");
        await world.LookAsync();
        world.Time.Pass(TimeSpan.FromMinutes(4));
        (await world.LookAsync("two")).Fence.ShouldBe(2);
        (await Should.ThrowAsync<AssayException>(() => world.LookAsync())).Message.ShouldContain("is controlled by two");
    }

    [Theory]
    [InlineData(72)]
    [InlineData(-72)]
    public async Task A_clock_that_jumps_does_not_shorten_the_least_time(int hours)
    {
        await StartAsync();
        var controller = world.Controller();
        world.Time.Pass(TimeSpan.FromMinutes(1));
        (await controller.LookAsync(world.Release, CancellationToken.None)).OnStep.ShouldBe(TimeSpan.FromMinutes(1));
        world.Time.Jump(TimeSpan.FromHours(hours));
        world.Time.Pass(TimeSpan.FromMinutes(1));
        var state = await controller.LookAsync(world.Release, CancellationToken.None);
        state.OnStep.ShouldBe(TimeSpan.FromMinutes(2));
        state.Percent.ShouldBe(5);
    }

    [Theory]
    [InlineData(72, 3)]
    [InlineData(-72, 0)]
    public async Task After_a_restart_the_wall_clock_counts_for_three_looks_at_most(int hours, int minutes)
    {
        await StartAsync();
        world.Time.Jump(TimeSpan.FromHours(hours));
        var state = await world.LookAsync();
        state.OnStep.ShouldBe(TimeSpan.FromMinutes(minutes));
        state.Percent.ShouldBe(5);
    }

    [Fact]
    public async Task A_split_that_fails_is_tried_at_every_look_and_the_step_begins_when_it_reads_so()
    {
        // Each look tries before and after it.
        world.Split.Faults = 5;
        var state = await StartAsync();
        state.Move.ShouldNotBeNull().Percent.ShouldBe(5);
        for (var i = 0; i < 2; i++)
        {
            world.Time.Pass(TimeSpan.FromMinutes(10));
            (await world.LookAsync()).Move.ShouldNotBeNull();
        }

        world.Time.Pass(TimeSpan.FromMinutes(10));
        state = await world.LookAsync();
        (state.Move, state.Percent, state.StepSince).ShouldBe((null, 5m, world.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Why_traffic_could_not_be_moved_is_known_until_it_is()
    {
        world.Split.Faults = 3;
        var rollbacks = world.Rollbacks();
        var controller = world.Controller(rollbacks);
        await controller.StartAsync(plan, "abc1234", forced: null, "ann", CancellationToken.None);
        rollbacks.TrafficFaults.Find(world.Release).ShouldBe("The proxy does not answer.");
        world.Time.Pass(TimeSpan.FromMinutes(1));
        var state = await controller.LookAsync(world.Release, CancellationToken.None);
        state.Reason.ShouldContain("Traffic could not be moved to 5 % yet (The proxy does not answer); it is tried at every look.");
        var status = CanaryStatus.Of(state, world.Cards.Find(world.Release), rollbacks.TrafficFaults.Find(world.Release));
        (status.MovingTo, status.MoveFault, status.Rollback).ShouldBe((5m, "The proxy does not answer.", null));
        world.Time.Pass(TimeSpan.FromMinutes(1));
        (await controller.LookAsync(world.Release, CancellationToken.None)).Move.ShouldBeNull();
        rollbacks.TrafficFaults.All.ShouldBeEmpty();
        world.Split.Faults = 1;
        var card = await rollbacks.RollBackAsync(world.Release, "ann", "r", CancellationToken.None);
        RollbackStatus.Of(card, rollbacks.TrafficFaults.Find(world.Release))!.Fault.ShouldBe("The proxy does not answer.");
        (await rollbacks.SweepAsync(CancellationToken.None)).ShouldBe(0);
        RollbackStatus.Of(world.Cards.Find(world.Release), rollbacks.TrafficFaults.Find(world.Release))!.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_split_that_reads_otherwise_than_it_was_set_says_so()
    {
        world.Split.IsForeign = true;
        var rollbacks = world.Rollbacks();
        await world.Controller(rollbacks).StartAsync(plan, "abc1234", forced: null, "ann", CancellationToken.None);
        rollbacks.TrafficFaults.Find(world.Release).ShouldBe("It was set to 5 %, and what it is cannot be read.");
    }

    [Fact]
    public async Task Traffic_that_somebody_else_wrote_is_not_given_back()
    {
        await StartAsync();
        world.Split.IsForeign = true;
        for (var i = 0; i < 10; i++)
        {
            world.Time.Pass(TimeSpan.FromMinutes(1));
            (await world.LookAsync()).Percent.ShouldBe(5);
        }

        world.Split.History.ShouldBe([5]);
        await Should.ThrowAsync<AssayException>(() => world.Controller().PromoteAsync(world.Release, "ann", "r", CancellationToken.None));
        world.Split.IsForeign = false;
        world.Time.Pass(TimeSpan.FromMinutes(1));
        (await world.LookAsync()).Percent.ShouldBe(25, "somebody set it again");
    }

    [Fact]
    public async Task While_traffic_cannot_be_moved_the_canary_is_judged_all_the_same()
    {
        await StartAsync();
        for (var i = 0; i < 4; i++)
        {
            world.Time.Pass(TimeSpan.FromMinutes(1));
            await world.LookAsync();
        }

        world.Split.Faults = int.MaxValue;
        world.Time.Pass(TimeSpan.FromMinutes(1));
        (await world.LookAsync()).Move.ShouldNotBeNull().Percent.ShouldBe(25);
        world.Reads = (p, _) => MadeCanary.Healthy(p, 2_000, (m, r) => m.Name == "errors" ? MadeCanary.Rate("errors", 38_000, 190, 2_000, 80) : r);
        world.Time.Pass(TimeSpan.FromMinutes(1));
        (await world.LookAsync()).Phase.ShouldBe(CanaryPhase.RollingBack);
        world.Split.Faults = 0;
        await world.Rollbacks().SweepAsync(CancellationToken.None);
        world.Split.History.ShouldBe([5, 0]);
    }

    [Fact]
    public async Task A_rollback_takes_traffic_first_and_records_when_it_can()
    {
        await StartAsync();
        world.Documents.IsDown = true;
        world.Ledger.IsDown = true;
        var card = await world.Rollbacks().RollBackAsync(world.Release, "ann", "no sources", CancellationToken.None);
        world.Split.Percent.ShouldBe(0);
        card.ShouldNotBeNull().Stage.ShouldBe(RollbackStage.Zero);
        world.Restart();
        (await world.Rollbacks().SweepAsync(CancellationToken.None)).ShouldBe(1);
        world.Documents.IsDown = false;
        world.Ledger.IsDown = false;
        (await world.Rollbacks().SweepAsync(CancellationToken.None)).ShouldBe(0);
        (await world.StateAsync()).Phase.ShouldBe(CanaryPhase.RolledBack);
        var link = world.Ledger.Links[^1].Entry;
        (link.Kind, link.Actor).ShouldBe((LedgerKind.RolledBack, "ann"));
    }

    [Fact]
    public async Task A_split_that_does_not_let_go_is_set_to_0_until_it_reads_so()
    {
        await StartAsync();
        world.Split.Faults = 5;
        (await world.Rollbacks().RollBackAsync(world.Release, "ann", "r", CancellationToken.None)).ShouldNotBeNull().Stage.ShouldBe(RollbackStage.Wanted);
        for (var i = 0; i < 4; i++)
        {
            world.Restart();
            (await world.Rollbacks().SweepAsync(CancellationToken.None)).ShouldBe(1);
            world.Split.Percent.ShouldBe(5);
        }

        (await world.Rollbacks().SweepAsync(CancellationToken.None)).ShouldBe(0);
        world.Split.Percent.ShouldBe(0);
    }

    [Fact]
    public async Task After_a_rollback_no_look_and_no_order_gives_traffic_back()
    {
        await StartAsync();
        world.Split.Faults = 1;
        await world.Rollbacks().RollBackAsync(world.Release, "ann", "r", CancellationToken.None);
        for (var i = 0; i < 10; i++)
        {
            world.Time.Pass(TimeSpan.FromMinutes(5));
            await world.LookAsync();
        }

        world.Split.History.ShouldBe([5, 0]);
        await Should.ThrowAsync<AssayException>(() => world.Controller().PromoteAsync(world.Release, "ann", "r", CancellationToken.None));
    }

    [Fact]
    public async Task A_promoted_release_can_be_rolled_back()
    {
        await StartAsync();
        await LookUntilEndAsync();
        await world.Rollbacks().RollBackAsync(world.Release, "ann", "it leaks memory", CancellationToken.None);
        world.Split.Percent.ShouldBe(0);
        (await world.StateAsync()).Phase.ShouldBe(CanaryPhase.RolledBack);
    }

    [Fact]
    public async Task A_version_has_one_canary_and_a_release_one_at_a_time()
    {
        await StartAsync();
        (await Should.ThrowAsync<AssayException>(StartAsync)).Message.ShouldContain("already had its canary");
        var next = MadeCanary.Plan(version: "1.9.1");
        (await Should.ThrowAsync<AssayException>(() => world.Controller().StartAsync(next, "", null, "ann", CancellationToken.None))).Message.ShouldContain(
            "is running"
        );
        await world.Rollbacks().RollBackAsync(world.Release, "ann", "r", CancellationToken.None);
        (await world.Controller().StartAsync(next, "", null, "ann", CancellationToken.None)).Percent.ShouldBe(5);
    }

    [Fact]
    public async Task A_file_that_is_edited_meanwhile_changes_nothing()
    {
        await StartAsync();
        (await world.StateAsync()).Plan().Steps.ShouldBe([5, 25, 100]);
        (await world.StateAsync()).Plan().Metrics.ShouldBe(plan.Metrics);
    }

    public void Dispose() => world.Dispose();

    private Task<CanaryState> StartAsync() => world.Controller().StartAsync(plan, "abc1234", forced: null, "ann", CancellationToken.None);

    private async Task<CanaryState> LookUntilEndAsync()
    {
        var state = await world.StateAsync();
        for (var i = 0; i < 40 && !state.Phase.HasEnded(); i++)
        {
            world.Time.Pass(TimeSpan.FromMinutes(1));
            state = await world.LookAsync();
        }

        return state;
    }
}
