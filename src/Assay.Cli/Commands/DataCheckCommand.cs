using System.CommandLine;
using Assay.Cli.Keeping;
using Assay.Cli.Showing;
using Assay.Embedded.Safety;

namespace Assay.Cli.Commands;

/// <summary><c>assay data check</c>: whether the database of a data folder is sound.</summary>
internal static class DataCheckCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "check",
            "Check every page and table of the database, and that objects are what documents say of them; a hub may go on writing. Exit code 1 when something is "
                + "damaged, 3 when there is no database.",
            """
            assay data check
            assay data check --data /var/lib/assay --json
            """
        )
        {
            data,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var folder = parsed.GetValue(data)!;
                var report = await DataProgressView.ShowAsync(surroundings, progress => DataCheck.Run(folder, progress, cancellationToken), cancellationToken);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : DataCheckView.WriteAsync(surroundings.Out, report));
                return (int)ExitCodeOf(report.Verdict);
            }
        );
        return command;
    }

    private static ExitCode ExitCodeOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => ExitCode.Pass,
            Verdict.Fail => ExitCode.Fail,
            _ => ExitCode.Inconclusive,
        };
}
