using Assay.Releases.Canaries;

namespace Assay.Releases.Tests.Canaries;

/// <summary>A controller that is killed at any point, and begins again, ends as one that nobody killed.</summary>
public sealed class KilledControllerTests
{
    // A step takes five looks of a minute; the third step ends it.
    private const int MostLooks = 40;

    private static readonly CanaryReading Healthy = MadeCanary.Healthy(MadeCanary.Plan(), 4_000);
    private static readonly CanaryReading Broken = MadeCanary.Healthy(
        MadeCanary.Plan(),
        2_000,
        (m, r) => m.Name == "errors" ? MadeCanary.Rate("errors", 38_000, 190, 2_000, 80) : r
    );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_between_any_two_effects_it_ends_as_the_uninterrupted_one(bool breaks)
    {
        var whole = new Death(0);
        var expected = await RunAsync(breaks, whole, killings: 0);
        whole.Places.ShouldBeGreaterThan(100);
        var points = Enumerable.Range(1, whole.Places).ToList();
        foreach (var point in points)
        {
            var ended = await RunAsync(breaks, new Death(point), killings: 1);
            ended.ShouldBe(expected, $"killed at {point} of {whole.Places}");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{points.Count} of {points.Count} places: {expected}");
    }

    [Fact]
    public async Task Killed_a_hundred_times_at_random_it_ends_as_the_uninterrupted_one()
    {
        var expected = await RunAsync(breaks: true, new Death(0), killings: 0);
        for (var round = 0; round < 100; round++)
        {
            var random = new Random(round);
            var ended = await RunAsync(breaks: true, new Death(random.Next(1, 60)), killings: 5, random);
            ended.ShouldBe(expected, $"round {round}");
        }
    }

    private static async Task<bool> IsBegunAsync(CanaryWorld world) =>
        await new CanaryBook(world.Documents).FindAsync(world.Release, CancellationToken.None) is { State.LookedAt: var at } && at == world.Time.GetUtcNow();

    private static async Task<bool> IsLeftAsync(CanaryWorld world) => await world.StateAsync() is { Move: not null } or { Notes.Count: > 0 };

    /// <summary>What can be seen from outside at the end.</summary>
    private static async Task<string> RunAsync(bool breaks, Death death, int killings, Random? random = null)
    {
        using var world = new CanaryWorld();
        var plan = MadeCanary.Plan();
        // At the second step the candidate begins to fail.
        world.Reads = (_, since) => breaks && world.Split.Percent == 25 && since >= TimeSpan.FromMinutes(2) ? Broken : Healthy;
        var (left, current) = (killings, death);
        // What a controller remembers dies with it.
        var alive = world.Controller(current);
        async Task DoAsync(Func<CanaryRunner, Task> work)
        {
            while (true)
            {
                try
                {
                    await work(alive);
                    return;
                }
                catch (KilledException)
                {
                    left--;
                    current = left > 0 ? new Death(random!.Next(1, 60)) : new Death(0);
                    world.Restart();
                    alive = world.Controller(current);
                }

                // As a hub that starts: rollbacks first, then what was left undone; what was not begun comes in its time.
                await world.Rollbacks().SweepAsync(CancellationToken.None);
                if (await IsBegunAsync(world))
                {
                    work = r => r.LookAsync(world.Release, CancellationToken.None);
                    if (!await IsLeftAsync(world))
                    {
                        return;
                    }
                }
            }
        }

        await DoAsync(r => r.StartAsync(plan, "abc1234", forced: null, "ann", CancellationToken.None));
        for (var look = 0; look < MostLooks && !(await world.StateAsync()).Phase.HasEnded(); look++)
        {
            world.Time.Pass(TimeSpan.FromMinutes(1));
            await DoAsync(r => r.LookAsync(world.Release, CancellationToken.None));
        }

        await world.Rollbacks().SweepAsync(CancellationToken.None);
        var state = await world.StateAsync();
        return $"{state.Phase} {state.Percent} {state.Notes.Count}; traffic {string.Join(" ", world.Split.History)}; {string.Join(" ", world.Ledger.Links.Select(l => $"{l.Entry.Kind}:{l.Entry.Key}"))}";
    }
}

internal static class EndedPhase
{
    public static bool HasEnded(this CanaryPhase phase) => phase is CanaryPhase.Promoted or CanaryPhase.RolledBack;
}
