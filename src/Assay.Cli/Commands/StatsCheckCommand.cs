using System.CommandLine;
using Assay.Cli.Showing;
using Assay.Statistics.Checking;

namespace Assay.Cli.Commands;

/// <summary><c>assay stats check</c>: how far the statistics are from the cases of a reference file.</summary>
internal static class StatsCheckCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var file = new Argument<string>("FILE")
        {
            Description = """Reference cases, JSON: {"cases": [{"name", "kind", "inputs", "expected", "rtol"}, …]}, or the list alone.""",
        };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "check",
            "Recompute the cases of a reference file and show each case's worst relative error. Exit code 1 if any value is off, 3 if only unknown kinds or fields remain.",
            """
            assay stats check cases.json
            assay stats check cases.json --json
            """
        )
        {
            file,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var path = parsed.GetValue(file)!;
                var report = await CaseProgress.ShowAsync(surroundings, progress => ReferenceCheck.Run(path, progress, cancellationToken), cancellationToken);
                await (
                    parsed.GetValue(json)
                        ? JsonOutput.WriteAsync(surroundings.Out, ReferenceCheckDocument.Of(report))
                        : ReferenceCheckView.WriteAsync(surroundings.Out, report)
                );
                await ReferenceCheckView.WriteMalformedAsync(surroundings.Error, report);
                return (int)report.ExitCode;
            }
        );
        return command;
    }
}
