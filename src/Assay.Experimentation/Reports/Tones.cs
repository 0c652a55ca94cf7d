using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Analysis.Health;

namespace Assay.Experimentation.Reports;

/// <summary>The verdict whose colour and shape a decision, a finding or a check has.</summary>
internal static class Tones
{
    public static string Of(DecidedAction action) =>
        action switch
        {
            DecidedAction.Ship => "pass",
            DecidedAction.RollBack => "fail",
            DecidedAction.Review => "inconclusive",
            _ => "nodata",
        };

    public static string Of(Finding finding) =>
        finding switch
        {
            Finding.Better or Finding.Held => "pass",
            Finding.Worse or Finding.Broken => "fail",
            Finding.None => "nodata",
            _ => "inconclusive",
        };

    public static string Of(HealthState state) =>
        state switch
        {
            HealthState.Fine => "pass",
            HealthState.Fault => "fail",
            _ => "inconclusive",
        };
}
