using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Experiments;

namespace Assay.Server.Tests.Experiments.Pages;

/// <summary>Reports without a store behind them.</summary>
internal static class SampleReports
{
    public static ExperimentFile File(string name) => new() { Name = name };

    public static ExperimentReport Of(ExperimentFile definition, DecidedAction action = DecidedAction.Continue) =>
        new()
        {
            Experiment = definition.Name,
            Version = 1,
            Hypothesis = "",
            Owner = "",
            At = new DateTimeOffset(2026, 3, 12, 14, 30, 0, TimeSpan.Zero),
            Method = new MethodReport(true, 0.05, 0.8, null, null, 100),
            Decision = new ExperimentDecision(action, DecisionCause.NoUnits, null, ""),
            Verdict = Verdict.Inconclusive,
            Needs = [],
            Arms = [],
            Health = [],
            Metrics = [],
            ByDay = [],
            Looks = [],
        };
}
