using System.Globalization;

namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>Whether a judge agrees enough with people.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record CalibrationDecision(Verdict Verdict, string Reason);

/// <summary>Decides by the interval of the main figure: Pass when all of it reaches the threshold, Fail when none of it does.</summary>
public static class CalibrationGate
{
    /// <summary>A judge that fails on more than this share of the items is never passed: what it left out may be what it judges badly.</summary>
    public const double MaxErrorShare = 0.05;

    /// <summary>Decides.</summary>
    /// <param name="report">The calibration.</param>
    /// <param name="least">The agreement that is asked for, −1 to 1.</param>
    public static CalibrationDecision Decide(CalibrationReport report, double least)
    {
        var main = report.Main;
        if (main is not { Estimate: { } estimate, Low: { } low, High: { } high })
        {
            return new(Verdict.NoData, Text($"There is no agreement with an interval: {main.Reason}."));
        }

        var figure = Text($"{Name(report.Agreement[0].Measure)} is {estimate:0.00;-0.00} ({low:0.00;-0.00} to {high:0.00;-0.00}, n = {main.N})");
        if (high < least)
        {
            return new(Verdict.Fail, Text($"{figure}; {least:0.00;-0.00} was asked for."));
        }

        if (report.Errors > MaxErrorShare * report.Labels.Items)
        {
            return new(Verdict.Inconclusive, Text($"{figure}, but the judge gave no judgement of {report.Errors} of {report.Labels.Items} items."));
        }

        return low >= least
            ? new(Verdict.Pass, Text($"{figure}; {least:0.00;-0.00} was asked for."))
            : new(Verdict.Inconclusive, Text($"{figure}: its interval holds {least:0.00;-0.00}. {More(main.N, estimate, (high - low) / 2, least)}"));
    }

    internal static string Name(AgreementMeasure measure) =>
        measure switch
        {
            AgreementMeasure.Spearman => "Spearman's ρ",
            AgreementMeasure.Kappa => "Cohen's κ",
            _ => "Accuracy",
        };

    /// <summary>The labels at which half the interval is the distance to the threshold: its width falls with the root of n.</summary>
    private static string More(long n, double estimate, double half, double least)
    {
        var distance = Math.Abs(estimate - least);
        var needed = distance > 0 ? n * Math.Pow(half / distance, 2) : double.PositiveInfinity;
        return needed < LabelSet.MaxItems
            ? Text($"If the figure stays, about {Math.Ceiling(needed * (1 - 1e-9)):0} labels decide.")
            : "No number of labels that people write would decide: the figure is too close to what was asked for.";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
