using Assay.Evaluation.Gates;
using Assay.Evaluation.Summaries;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Tests.Gates.Simulations;

/// <summary>How often gates decide, and how often wrongly, over seeded draws.</summary>
internal static class GateStudy
{
    /// <summary>Shares of runs that passed and failed.</summary>
    public static GateShares Decide(GateWorld world, Func<SeededRandom, CaseSample> draw, int runs, long seed)
    {
        var random = new SeededRandom(seed);
        var (passed, failed) = (0, 0);
        for (var run = 0; run < runs; run++)
        {
            var test = world.Test(draw(random));
            passed += test.PassP(world.Side) <= LimitTest.Alpha ? 1 : 0;
            failed += test.FailP(world.Side) <= LimitTest.Alpha ? 1 : 0;
        }

        return new GateShares((double)passed / runs, (double)failed / runs);
    }

    /// <summary>
    /// A pilot tells the spread, the distance from the limit is known: how many cases does the plan announce, and which share of runs of that size decides?
    /// </summary>
    public static GateAnnouncement Announce(GateWorld world, double distance, int pilot, bool isClustered, int runs, long seed)
    {
        var random = new SeededRandom(seed);
        var (decided, announced, planned) = (0, 0.0, 0);
        for (var run = 0; run < runs; run++)
        {
            if (Planned(world, Draw(random, pilot), distance) is not { } cases || cases > 20_000)
            {
                continue;
            }

            planned++;
            announced += cases;
            var test = world.Test(Draw(random, (int)Math.Ceiling(cases)));
            decided += test.PassP(world.Side) <= LimitTest.Alpha || test.FailP(world.Side) <= LimitTest.Alpha ? 1 : 0;
        }

        return new GateAnnouncement(announced / planned, (double)decided / planned);

        CaseSample Draw(SeededRandom numbers, int cases) =>
            isClustered ? world.DrawClusters(numbers, distance, Math.Max(2, (cases + 2) / 5)) : world.Draw(numbers, distance, cases);
    }

    /// <summary>The size that the pilot's spread announces for the true distance.</summary>
    private static double? Planned(GateWorld world, CaseSample pilot, double distance)
    {
        if (world.Share is { } share)
        {
            return LimitTests.PlannedShare(pilot.Map(share.Counts), share.Limit + (share.Sign * distance), share.Limit);
        }

        var shift = world.Limit + (world.Side == ThresholdSide.AtLeast ? distance : -distance) - pilot.Values.Average();
        return world.Test(pilot.Map(v => v + shift)).PlannedCases;
    }

    /// <summary>The gate announces from an undecided pilot by itself; the pilot is kept and filled up: which share is decided then, and rightly?</summary>
    public static GateAnnouncement FillUp(GateWorld world, double distance, int pilot, int runs, long seed)
    {
        var random = new SeededRandom(seed);
        var (decided, announced, open) = (0, 0.0, 0);
        for (var run = 0; run < runs; run++)
        {
            var first = world.Draw(random, distance, pilot);
            var test = world.Test(first);
            if (test.PassP(world.Side) <= LimitTest.Alpha || test.FailP(world.Side) <= LimitTest.Alpha || test.PlannedCases is not { } cases || cases > 20_000)
            {
                continue;
            }

            open++;
            var total = Math.Max((int)Math.Ceiling(cases), pilot + (pilot / 10));
            announced += total;
            var more = world.Draw(random, distance, total - pilot);
            var all = new CaseSample([.. first.Values, .. more.Values], [.. Enumerable.Range(0, total)], total);
            var second = world.Test(all);
            decided += second.PassP(world.Side) <= LimitTest.Alpha || second.FailP(world.Side) <= LimitTest.Alpha ? 1 : 0;
        }

        return new GateAnnouncement(announced / open, (double)decided / open);
    }
}

/// <summary>Shares of runs.</summary>
internal sealed record GateShares(double Passed, double Failed);

/// <summary>Cases announced on average, and the share of runs that so many decided.</summary>
internal sealed record GateAnnouncement(double Cases, double Decided);
