using Assay.Experimentation.Analysis.Looks;
using Assay.Stores;

namespace Assay.Experimentation.Analysis.Health;

/// <summary>Whether the data of an experiment can be trusted: the first thing a report tells, and what nothing overrules.</summary>
internal static class ExperimentHealth
{
    /// <summary>Every check, faults first and then in the order in which they are made.</summary>
    public static IReadOnlyList<HealthCheck> Of(
        AnalysisPlan plan,
        ArmTable table,
        ExperimentSums sums,
        IReadOnlyList<ExperimentLook> earlier,
        DateTimeOffset now
    ) =>
        [
            .. DeletionHealth
                .Of(sums, earlier, now)
                .Concat(ArrivalHealth.Of(plan, table, sums, now))
                .Concat(MetricHealth.Of(plan, table))
                .Select((check, i) => (check, i))
                .OrderByDescending(c => c.check.State)
                .ThenBy(c => c.i)
                .Select(c => c.check),
        ];
}
