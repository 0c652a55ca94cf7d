using Assay.Statistics.Tables;
using Assay.Stores;

namespace Assay.Experimentation.Analysis.Health;

/// <summary>Whether units arrived as they were meant to.</summary>
internal static class ArrivalHealth
{
    // Fabijan et al., KDD 2019: strict, because the check is repeated often.
    private const double RatioAlpha = 1e-3;

    // More units in several arms than this are no accident of a shared device, and leaving them out may choose.
    private const double MostInSeveral = 0.01;
    private const double FewInSeveral = 0.001;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static IEnumerable<HealthCheck> Of(AnalysisPlan plan, ArmTable table, ExperimentSums sums, DateTimeOffset now)
    {
        yield return SampleRatioOf(plan, table);
        yield return SeveralArms(table, sums);
        foreach (var unknown in table.Unknown)
        {
            yield return new HealthCheck(
                HealthFault.UnknownArm,
                HealthState.Fault,
                $"{FigureText.Counted(unknown.Units, "unit")} saw '{unknown.Variant}', which version {plan.Version} of the definition does not have: raise the version when arms change."
            )
            {
                Value = unknown.Units,
            };
        }

        yield return SampleSize(plan, table);
        if (sums.First is { } first && now - first < Week && table.AllUnits > 0)
        {
            yield return new HealthCheck(
                HealthFault.ShortTime,
                HealthState.Note,
                $"The first unit came {FigureText.Days(Math.Max(0, (now - first).TotalDays))} ago: weekdays that differ and a first surprise are not averaged out before a week."
            );
        }

        foreach (var check in Strays(table, sums))
        {
            yield return check;
        }
    }

    private static HealthCheck SampleRatioOf(AnalysisPlan plan, ArmTable table)
    {
        long[] units = [.. plan.Arms.Select(a => table.Units(a.Name))];
        double[] weights = [.. plan.Arms.Select(a => a.Weight)];
        var result = SampleRatio.Check(units, weights).AsComputed;
        var counted = string.Join(", ", plan.Arms.Where(a => a.Weight > 0).Select(a => $"{a.Name} {FigureText.Count(table.Units(a.Name))}"));
        if (result?.P is not { } p)
        {
            return new HealthCheck(HealthFault.SampleRatio, HealthState.Note, "No units yet.");
        }

        var text = p.IsAtMost(RatioAlpha)
            ? $"The arms do not hold the units that their weights ask for ({counted}; {FigureText.P(p.Value)}): assignment, exposure or storing loses units of one arm. No figure can be trusted before that is found."
            : $"The arms hold the units that their weights ask for ({counted}; {FigureText.P(p.Value)}).";
        return new HealthCheck(HealthFault.SampleRatio, p.IsAtMost(RatioAlpha) ? HealthState.Fault : HealthState.Fine, text)
        {
            Value = result.Estimate,
            P = p.Value,
        };
    }

    private static HealthCheck SeveralArms(ArmTable table, ExperimentSums sums)
    {
        var share = sums.InSeveral == 0 ? 0 : (double)sums.InSeveral / (table.AllUnits + sums.InSeveral);
        var counted =
            $"{FigureText.Counted(sums.InSeveral, "unit")} ({FigureText.Percent(share)}) saw several arms and {(sums.InSeveral == 1 ? "is" : "are")} left out";
        return new HealthCheck(
            HealthFault.SeveralArms,
            share > MostInSeveral ? HealthState.Fault
                : share > FewInSeveral ? HealthState.Note
                : HealthState.Fine,
            sums.InSeveral == 0 ? "No unit saw several arms."
                : share > MostInSeveral
                    ? $"{counted}, more than {FigureText.Percent(MostInSeveral)}: the unit's key changes, or the weights changed without a new version."
                : $"{counted}."
        )
        {
            Value = share,
        };
    }

    private static HealthCheck SampleSize(AnalysisPlan plan, ArmTable table)
    {
        var (has, least) = (table.LeastUnits, plan.LeastUnitsPerArm);
        var wanted = plan.UnitsPerArm;
        var text =
            has < least ? $"The smallest arm has {FigureText.Counted(has, "unit")}; nothing is decided below {FigureText.Count(least)}."
            : wanted > has ? $"The smallest arm has {FigureText.Count(has)} of the {FigureText.Count(wanted.Value)} units planned."
            : $"The smallest arm has {FigureText.Counted(has, "unit")}{(wanted is null ? "" : $", {FigureText.Count(wanted.Value)} were planned")}.";
        return new HealthCheck(HealthFault.SampleSize, has < least || wanted > has ? HealthState.Note : HealthState.Fine, text) { Value = has };
    }

    private static IEnumerable<HealthCheck> Strays(ArmTable table, ExperimentSums sums)
    {
        if (sums.OutcomesWithoutExposure > 0)
        {
            yield return new HealthCheck(
                HealthFault.WithoutExposure,
                HealthState.Note,
                $"{FigureText.Counted(sums.OutcomesWithoutExposure, "outcome")} came from units that were not exposed{(table.AllUnits == 0 ? "" : " to this version")}: fine for those that do not take part, a lost exposure otherwise."
            )
            {
                Value = sums.OutcomesWithoutExposure,
            };
        }

        if (sums.OutcomesTooLate > 0)
        {
            yield return new HealthCheck(
                HealthFault.TooLate,
                HealthState.Note,
                $"{FigureText.Counted(sums.OutcomesTooLate, "outcome")} came after the attribution window of their unit and {(sums.OutcomesTooLate == 1 ? "counts" : "count")} nowhere."
            )
            {
                Value = sums.OutcomesTooLate,
            };
        }
    }
}
