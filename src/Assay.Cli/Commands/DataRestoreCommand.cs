using System.CommandLine;
using Assay.Cli.Keeping;
using Assay.Cli.Showing;
using Assay.Embedded.Safety;

namespace Assay.Cli.Commands;

/// <summary><c>assay data restore</c>: a backup put back.</summary>
internal static class DataRestoreCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var file = new Argument<string>("FILE") { Description = "A backup that `assay data backup` wrote." };
        var data = CommonOptions.Data();
        var yes = new Option<bool>("--yes") { Description = "Replace what is there; it is kept as assay.db.before-restore and objects.before-restore." };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "restore",
            "Put a backup back, once it is unpacked and found whole and sound. No hub may hold the folder: stop it first.",
            """
            assay data restore assay-backup.zip --data /var/lib/assay-new
            assay data restore assay-backup.zip --yes
            """
        )
        {
            file,
            data,
            yes,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var (folder, backup, replace) = (parsed.GetValue(data)!, parsed.GetValue(file)!, parsed.GetValue(yes));
                var report = await DataProgressView.ShowAsync(
                    surroundings,
                    progress => DataRestore.Run(backup, folder, replace, surroundings.Time, progress, cancellationToken),
                    cancellationToken
                );
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : DataRestoreView.WriteAsync(surroundings.Out, report));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }
}
