using System.CommandLine;
using Assay.Cli.Planning;
using Assay.Cli.Showing;
using Assay.Statistics;

namespace Assay.Cli.Commands;

/// <summary><c>assay stats power</c>: how many units find an effect, or which effect units find.</summary>
internal static class StatsPowerCommand
{
    private const double DefaultAlpha = 0.05;

    public static Command Create(CommandSurroundings surroundings)
    {
        var baseline = NumberOption.Number("--baseline", "RATE", "Rates: the control's rate, such as 0.1 for 10 %.");
        var lift = NumberOption.Number("--lift", "L", "Rates: the absolute lift to find; 0.02 is from 10 % to 12 %.");
        var deviation = NumberOption.Number("--sd", "SD", "Means: the metric's standard deviation; with --paired that of the differences.");
        var difference = NumberOption.Number("--difference", "D", "Means: the difference to find, in the metric's unit.");
        var effect = NumberOption.Number("--effect", "D", "Means: the difference to find, in standard deviations (Cohen's d).");
        var paired = new Option<bool>("--paired") { Description = "Means: every unit is measured under both arms." };
        var units = NumberOption.Count("--n", "N", "Units in the control, or pairs. Without it the answer is n.");
        var power = NumberOption.Number("--power", "P", "Share of cases in which the effect is found. The default is 0.8.");
        var ratio = NumberOption.Number("--ratio", "R", "Treatment units per control unit. The default is 1.");
        var alpha = NumberOption.Alpha(DefaultAlpha);
        var claim = NumberOption.Claim();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "power",
            "Plan a comparison: the units that find an effect, the power of given units (with --n), or the smallest effect they find (--n without an effect).",
            """
            assay stats power --baseline 0.10 --lift 0.02 --power 0.8
            assay stats power --baseline 0.10 --lift 0.02 --n 5000
            assay stats power --baseline 0.10 --n 5000 --power 0.8
            assay stats power --sd 12 --difference 3 --ratio 2
            assay stats power --effect 0.25 --paired --json
            """
        )
        {
            baseline,
            lift,
            deviation,
            difference,
            effect,
            paired,
            units,
            power,
            ratio,
            alpha,
            claim,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var report = PowerPlanner.Plan(
                    new PowerRequest(
                        parsed.GetValue(baseline),
                        parsed.GetValue(lift),
                        parsed.GetValue(deviation),
                        parsed.GetValue(difference),
                        parsed.GetValue(effect),
                        parsed.GetValue(paired),
                        parsed.GetValue(units),
                        parsed.GetValue(power),
                        parsed.GetValue(ratio),
                        parsed.GetValue(alpha) ?? DefaultAlpha,
                        parsed.GetValue(claim)
                    )
                );
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : PowerView.WriteAsync(surroundings.Out, report));
                return (int)(report.Plans[0] is NotComputable ? ExitCode.Inconclusive : ExitCode.Pass);
            }
        );
        return command;
    }
}
