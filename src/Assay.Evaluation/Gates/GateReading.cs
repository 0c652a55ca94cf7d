using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Summaries;

namespace Assay.Evaluation.Gates;

/// <summary>Makes gates of entries, and says which line is wrong.</summary>
internal static class GateReading
{
    private const string Fix = "docs/reference/en/gates.md shows every kind of gate.";

    /// <exception cref="AssayException">An entry does not fit (exit code 2); the message names its line.</exception>
    public static IReadOnlyList<Gate> Read(IReadOnlyList<GateEntry> entries, RunContent run)
    {
        var gates = entries.Select(e => Read(e, run)).ToList();
        var twice = gates.GroupBy(g => g.Name).FirstOrDefault(g => g.Skip(1).Any());
        return twice is null
            ? gates
            : throw entries[gates.FindLastIndex(g => g.Name == twice.Key)].Place.Error($"two gates are named '{twice.Key}'", "Give one of them a `name`.");
    }

    private static Gate Read(GateEntry entry, RunContent run)
    {
        var metric = entry.Metric ?? throw Wrong(entry, "a gate needs a `metric`");
        var name = entry.Statistic ?? "mean";
        if (!GateNames.TryFind(name, out var statistic, out var quantile))
        {
            throw Wrong(entry, $"there is no statistic '{name}'; known are {GateNames.All}");
        }

        var isHigherBetter = IsHigherBetter(entry, metric, statistic, run, out var resolved);
        Demand(entry, statistic);
        return new Gate(entry.ShownName, resolved, statistic, Limit(entry, statistic, isHigherBetter))
        {
            CaseThreshold = CaseLimit(entry, statistic),
            Quantile = quantile,
            MissingAtMost = Share(entry, "missingAtMost", entry.MissingAtMost) ?? Gate.UsualMissing,
            Learned = entry.Learned,
        };
    }

    private static bool IsHigherBetter(GateEntry entry, string metric, GateStatistic statistic, RunContent run, out string resolved)
    {
        resolved = metric;
        if (metric == Gate.TargetName && statistic == GateStatistic.ErrorRate)
        {
            return false;
        }

        if (run.Metrics.FirstOrDefault(m => m.Name == metric) is { } planned)
        {
            return planned.Scale.HigherIsBetter;
        }

        resolved = GateNames.Resource(metric);
        return !RunFold.RunResources.Contains(resolved) || statistic is GateStatistic.ErrorRate or GateStatistic.Agreement
            ? throw Wrong(
                entry,
                $"no metric '{metric}' with a statistic '{entry.Statistic ?? "mean"}'; metrics are {string.Join(", ", run.Metrics.Select(m => m.Name).Concat(RunFold.RunResources))}, and {Gate.TargetName} with error_rate"
            )
            : false;
    }

    private static void Demand(GateEntry entry, GateStatistic statistic)
    {
        if (entry.Margin is not null && statistic != GateStatistic.Difference)
        {
            throw Wrong(entry, "`margin` belongs to statistic: difference");
        }

        if (statistic == GateStatistic.Difference && (entry.AtLeast ?? entry.AtMost) is not null)
        {
            throw Wrong(entry, "a difference has a `margin`, not atLeast or atMost");
        }

        if ((entry.CaseAtLeast ?? entry.CaseAtMost) is not null && statistic != GateStatistic.Rate)
        {
            throw Wrong(entry, "`caseAtLeast` and `caseAtMost` belong to statistic: rate");
        }

        if (statistic == GateStatistic.RunDeviation && (entry.AtLeast is not null || entry.AtMost < 0))
        {
            throw Wrong(entry, "a run_sd has an upper limit: write `atMost`, 0 or more");
        }

        if (statistic is GateStatistic.Rate or GateStatistic.ErrorRate)
        {
            _ = Share(entry, "atLeast", entry.AtLeast) ?? Share(entry, "atMost", entry.AtMost);
        }
    }

    private static Threshold Limit(GateEntry entry, GateStatistic statistic, bool isHigherBetter)
    {
        if (statistic == GateStatistic.Difference)
        {
            var margin = entry.Margin ?? throw Wrong(entry, "a difference needs a `margin`");
            return !(margin >= 0 && double.IsFinite(margin)) ? throw Wrong(entry, $"the margin is {margin}; it must be 0 or more")
                : isHigherBetter ? Banded(entry, new Threshold(ThresholdSide.AtLeast, -margin))
                : Banded(entry, new Threshold(ThresholdSide.AtMost, margin));
        }

        return (entry.AtLeast, entry.AtMost) switch
        {
            ({ } least, null) => Banded(entry, new Threshold(ThresholdSide.AtLeast, Finite(entry, "atLeast", least))),
            (null, { } most) => Banded(entry, new Threshold(ThresholdSide.AtMost, Finite(entry, "atMost", most))),
            (null, null) => throw Wrong(entry, "a gate needs `atLeast` or `atMost`"),
            _ => throw Wrong(entry, "a gate has one limit: write a second gate for the other side"),
        };
    }

    private static Threshold? CaseLimit(GateEntry entry, GateStatistic statistic) =>
        statistic != GateStatistic.Rate
            ? null
            : (entry.CaseAtLeast, entry.CaseAtMost) switch
            {
                ({ } least, null) => new Threshold(ThresholdSide.AtLeast, Finite(entry, "caseAtLeast", least)),
                (null, { } most) => new Threshold(ThresholdSide.AtMost, Finite(entry, "caseAtMost", most)),
                _ => throw Wrong(entry, "a rate needs `caseAtLeast` or `caseAtMost`: which cases count"),
            };

    private static Threshold Banded(GateEntry entry, Threshold limit)
    {
        var warn = entry.Warn is { } edge ? Finite(entry, "warn", edge) : (double?)null;
        return warn is null || limit.Holds(warn.Value)
            ? limit with
            {
                Warn = warn,
            }
            : throw Wrong(entry, $"`warn` is {warn}, on the bad side of the limit {limit.Value}: the band lies between the limit and `warn`");
    }

    private static double Finite(GateEntry entry, string key, double value) =>
        double.IsFinite(value) ? value : throw Wrong(entry, $"`{key}` is {value}; it must be a finite number");

    private static double? Share(GateEntry entry, string key, double? value) =>
        value is null or (>= 0 and <= 1) ? value : throw Wrong(entry, $"`{key}` is {value}; a share lies between 0 and 1");

    private static AssayException Wrong(GateEntry entry, string problem) => entry.Place.Error(problem, Fix);
}
