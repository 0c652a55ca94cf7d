using Assay.Cli.Showing;
using Assay.Experimentation.Analysis;

namespace Assay.Cli.Experimenting;

/// <summary>Plans; with <c>--json</c> this is the document.</summary>
/// <param name="Experiment">The experiment; null for figures that were given.</param>
/// <param name="UnitsPerDay">New units a day; null when unknown.</param>
/// <param name="Plans">A plan for each goal.</param>
/// <param name="Notes">What has no plan, and why.</param>
internal sealed record PlannedSizes(string? Experiment, double? UnitsPerDay, IReadOnlyList<PlannedSize> Plans, IReadOnlyList<string> Notes)
{
    /// <summary>The plans of an experiment's goals from what its control shows.</summary>
    public static PlannedSizes Of(ExperimentReport report, double? unitsPerDay)
    {
        var perDay = unitsPerDay ?? report.UnitsPerDay;
        var weights = report.Arms.Where(a => a.Weight > 0).Select(a => a.Weight).ToList();
        var goals = report.Metrics.Where(m => m.Role == MetricRole.Goal).ToList();
        return new PlannedSizes(
            report.Experiment,
            perDay,
            [.. goals.Where(g => g.Plan is not null).Select(g => PlannedSize.Of(g.Title, g.Unit, g.Plan!, weights.Sum() / weights.Min(), perDay))],
            [.. goals.Where(g => g.Plan is null).Select(g => Lack(g, report.Arms.First(a => a.IsControl).Variant))]
        );
    }

    private static string Lack(MetricReport goal, string control) =>
        goal.MinimalEffect is not { } effect
            ? $"{goal.Title} has no minimalEffect in the experiment's file: what is worth finding decides how many units are needed."
        : goal.Kind == "rate" && RateOf(goal, control) is { } rate && !SizePlan.HasRoom(rate, effect, goal.IsLowerBetter)
            ? $"{goal.Title}: minimalEffect {FigureText.Of(effect)} is more than control's {FigureText.Of(rate)} leaves room for; lower it in the experiment's file."
        : $"control shows no spread of {goal.Title} yet: plan with --baseline and --lift, or --sd and --difference.";

    // A rate that has a spread: where nobody or everybody does it yet, nothing is known of it.
    private static double? RateOf(MetricReport goal, string control) =>
        goal.Arms.First(a => a.Variant == control).Value is > 0 and < 1 and var rate ? rate : null;
}

/// <summary>A plan with its time.</summary>
/// <param name="Metric">The metric with its kind.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Plan">The plan.</param>
/// <param name="FixedDays">Days to the size of one look; null when unknown.</param>
/// <param name="SequentialDays">Days to the size of any look; null when unknown.</param>
internal sealed record PlannedSize(string Metric, string Unit, SizePlan Plan, double? FixedDays, double? SequentialDays)
{
    /// <summary>With the days at a traffic, of which the smallest arm has one part of so many.</summary>
    public static PlannedSize Of(string metric, string unit, SizePlan plan, double parts, double? unitsPerDay) =>
        new(metric, unit, plan, plan.FixedUnitsPerArm * parts / unitsPerDay, plan.SequentialUnitsPerArm * parts / unitsPerDay);
}

/// <summary>Plans for a terminal of 80 columns.</summary>
internal static class PlannedSizesView
{
    public static IEnumerable<string> Lines(PlannedSizes sizes) =>
        [
            .. sizes.Plans.SelectMany(Lines),
            .. sizes.Notes.SelectMany(n => WrappedText.Lines("note: " + n)),
            .. sizes.UnitsPerDay is { } d && sizes.Plans.Count > 0 ? WrappedText.Lines($"At {FigureText.Of(d)} new units a day over all arms.")
            : sizes.Plans.Count > 0 ? WrappedText.Lines("How long that takes is not known: give --units-per-day.")
            : [],
        ];

    private static IEnumerable<string> Lines(PlannedSize size) =>
        [
            .. WrappedText.Lines(
                $"{size.Metric}: to see {FigureText.Of(size.Plan.Effect, size.Unit)} with a power of {FigureText.Percent(size.Plan.Power)} (alpha {FigureText.Of(size.Plan.Alpha)}"
                    + (size.Plan.Control is { } control ? $", control {FigureText.Of(control, size.Unit)}" : "")
                    + $", sd {FigureText.Of(size.Plan.Deviation, size.Unit)})"
            ),
            $"  {"decided once", -24}{Units(size.Plan.FixedUnitsPerArm), 14} units per arm{Days(size.FixedDays)}",
            $"  {"looked at any time", -24}{Units(size.Plan.SequentialUnitsPerArm), 14} units per arm{Days(size.SequentialDays)}",
            "",
        ];

    private static string Units(long? units) => units is { } n ? FigureText.Count(n) : "no number of";

    private static string Days(double? days) => days is { } d ? $", {FigureText.Days(d)}" : "";
}
