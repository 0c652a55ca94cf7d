using System.CommandLine;
using Assay.Cli.Ratios;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay stats srm</c>: whether the arms of an experiment hold the shares of units they should.</summary>
internal static class StatsSrmCommand
{
    /// <summary>Strict, because the check is repeated often; Fabijan et al., KDD 2019.</summary>
    private const double DefaultAlpha = 0.001;

    public static Command Create(CommandSurroundings surroundings)
    {
        var counts = NumberOption.Counts("counts", "Units seen in each arm, two arms or more.");
        var weights = NumberOption.Numbers("--weights", "W", "Planned weights in the same order; they need not sum to 1. The default is equal shares.");
        var alpha = NumberOption.Alpha(DefaultAlpha);
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "srm",
            "Check for a sample ratio mismatch: do the arms hold the shares of units that were planned? Exit code 1 when they do not, 3 without data.",
            """
            assay stats srm 50123 49877
            assay stats srm 50123 49877 --weights 0.5 0.5
            assay stats srm 9012 1021 --weights 9 1 --json
            """
        )
        {
            counts,
            weights,
            alpha,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var observed = parsed.GetValue(counts)!;
                var planned = parsed.GetValue(weights) is { Length: > 0 } given ? given : [.. observed.Select(_ => 1.0)];
                var report = SampleRatioReport.Of(observed, planned, parsed.GetValue(alpha) ?? DefaultAlpha);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : SampleRatioView.WriteAsync(surroundings.Out, report));
                return (int)report.ExitCode;
            }
        );
        return command;
    }
}
