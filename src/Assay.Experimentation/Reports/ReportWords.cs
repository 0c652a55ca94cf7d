using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Analysis.Health;

namespace Assay.Experimentation.Reports;

/// <summary>Words that all reports share.</summary>
internal static class ReportWords
{
    public static string Of(Finding finding) =>
        finding switch
        {
            Finding.Better => "better",
            Finding.Worse => "worse",
            Finding.Small => "too small",
            Finding.Held => "holds",
            Finding.Broken => "broken",
            Finding.Open => "open",
            _ => "no figure",
        };

    public static string Of(HealthFault fault) =>
        fault switch
        {
            HealthFault.Deleted => "events deleted",
            HealthFault.SampleRatio => "sample ratio",
            HealthFault.SeveralArms => "several arms",
            HealthFault.UnknownArm => "unknown arm",
            HealthFault.SampleSize => "sample size",
            HealthFault.Imbalance => "imbalance before",
            HealthFault.NotFinite => "not a number",
            HealthFault.MissingOutcomes => "missing outcomes",
            HealthFault.NoVariance => "no variance",
            HealthFault.WithoutExposure => "without exposure",
            HealthFault.TooLate => "too late",
            _ => "short time",
        };

    /// <summary>A metric's role with what it came to; what is only told comes to nothing.</summary>
    public static string Of(MetricRole role, Finding finding) => role == MetricRole.Info && finding != Finding.None ? Of(role) : $"{Of(role)}: {Of(finding)}";

    public static string Of(MetricRole role) => role.ToString().ToLowerInvariant();

    /// <summary>How it is decided, in a sentence.</summary>
    public static string Of(MethodReport method)
    {
        var how = method.IsSequential
            ? $"Sequential: may be looked at as often as wanted, {FigureText.Percent(method.Alpha)} false alarms over all looks"
            : $"Fixed horizon: decided once, at {FigureText.Count(method.UnitsPerArm ?? 0)} units in each arm, {FigureText.Percent(method.Alpha)} false alarms";
        return $"{how}; goals corrected by {method.Correction ?? "nothing"}. Guardrails are sequential and one-sided.";
    }

    /// <summary>What is still needed, in a sentence.</summary>
    public static string Of(Need need)
    {
        var what = need.Metric.Length == 0 ? "" : $"{need.Variant}, {need.Metric}: ";
        var days = need.Days is { } d ? $", {FigureText.Days(d)} at the present traffic" : "";
        return need.UnitsPerArm is { } units ? $"{what}{FigureText.Count(units)} more units in the smallest arm{days}, {need.Why}." : $"{what}{need.Why}.";
    }

    /// <summary>The name of an arm, and that it is the control where its name does not say so.</summary>
    public static string Of(ArmReport arm) => arm.IsControl && arm.Variant != "control" ? arm.Variant + " (control)" : arm.Variant;

    public static string Sign(DecidedAction action) =>
        action switch
        {
            DecidedAction.Ship => "✅",
            DecidedAction.RollBack => "❌",
            DecidedAction.Review => "🔶",
            _ => "⏳",
        };

    public static string Sign(HealthState state) =>
        state switch
        {
            HealthState.Fine => "✅",
            HealthState.Note => "ℹ️",
            _ => "❌",
        };
}
