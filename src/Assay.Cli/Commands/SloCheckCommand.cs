using System.CommandLine;
using Assay.Cli.Objectives;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay slo check</c>: whether the files of the catalog are right.</summary>
internal static class SloCheckCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var catalog = SloCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "check",
            "Read the SLOs of the catalog and say what each promises, and which of its alerts can never fire. Exit code 2 for a file that is wrong.",
            """
            assay slo check
            assay slo check --catalog ./catalog --json
            """
        )
        {
            catalog,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var report = SloCheckReport.Of(SloCatalog.Read(parsed.GetValue(catalog)!));
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : SloCheckView.WriteAsync(surroundings.Out, report));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }
}
