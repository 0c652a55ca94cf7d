using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;

namespace Assay.Releases.Tests.Canaries.Simulations;

/// <summary>What became of simulated canaries at one step.</summary>
/// <param name="Canaries">How many there were.</param>
/// <param name="RolledBack">How many were rolled back at any look.</param>
/// <param name="Proven">How many were proven at any look and not rolled back before.</param>
/// <param name="MedianLook">The look at which half of all were rolled back; null when fewer were.</param>
internal sealed record SimulatedStep(int Canaries, int RolledBack, int Proven, int? MedianLook)
{
    public double Share => (double)RolledBack / Canaries;
}

/// <summary>Canaries on simulated traffic, judged at each of twenty looks by the judge itself.</summary>
internal static class CanarySimulation
{
    public const int Looks = 20;

    /// <summary>
    /// Errors with a margin of 0.5 points and a limit of 5 %, durations with a margin of 20 % at P95, scores with a margin of 0.03; steps of 5, 25 and 100 %. What a file would write.
    /// </summary>
    public static CanaryPlan Plan { get; } =
        MadeCanary.Plan(
            """
            name: simulated
            service: simulated
            gate:
              evidence: [{ benchmark: handbook }]
            canary:
              split: { flag: new_search }
              watch:
                - { name: errors, read: errors, kind: rate, margin: 0.005, limit: 0.05 }
                - { name: latency, read: latency, kind: p95, relativeMargin: 0.2, unit: ms }
                - { name: quality, read: score relevance, kind: mean, role: signal, better: higher, margin: 0.03 }
            """
        );

    /// <summary>Runs canaries of one kind; the same seed gives the same result on any number of threads.</summary>
    public static SimulatedStep Run(SimulatedTraffic traffic, int canaries, int seed)
    {
        var ends = new (int? RolledBack, int? Proven)[canaries];
        Parallel.For(0, canaries, i => ends[i] = One(traffic, new Random((seed * 1_000_003) + i)));
        var rolled = ends.Select(e => e.RolledBack).OfType<int>().Order().ToList();
        return new SimulatedStep(
            canaries,
            rolled.Count,
            ends.Count(e => e is { RolledBack: null, Proven: not null }),
            rolled.Count * 2 > canaries ? rolled[canaries / 2] : null
        );
    }

    private static (int? RolledBack, int? Proven) One(SimulatedTraffic traffic, Random random)
    {
        var control = new SimulatedArm(random, traffic.ControlPerLook, traffic.Errors, 1, 0.8);
        var canary = new SimulatedArm(random, traffic.CanaryPerLook, traffic.Errors * traffic.ErrorRise, traffic.LatencyRise, 0.8 - traffic.QualityLoss);
        int? proven = null;
        for (var look = 1; look <= Looks; look++)
        {
            control.Look();
            canary.Look();
            var reading = new CanaryReading(control.Count, canary.Count, [.. Plan.Metrics.Select(m => control.Reading(m, canary))]);
            var verdicts = CanaryJudge.Verdicts(Plan, StepOf(traffic), reading);
            if (verdicts.Contains(MetricVerdict.Fail))
            {
                return (look, proven);
            }

            // Signals need not be proven.
            proven ??= verdicts.Take(2).All(v => v == MetricVerdict.Pass) ? look : null;
        }

        return (null, proven);
    }

    private static int StepOf(SimulatedTraffic traffic) => traffic.Percent == 5 ? 0 : 1;
}
