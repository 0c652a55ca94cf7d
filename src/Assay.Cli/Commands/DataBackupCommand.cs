using System.CommandLine;
using Assay.Cli.Keeping;
using Assay.Cli.Showing;
using Assay.Embedded.Safety;

namespace Assay.Cli.Commands;

/// <summary><c>assay data backup</c>: the database of a data folder in one file.</summary>
internal static class DataBackupCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var file = new Argument<string>("FILE") { Description = "The backup to write; an earlier backup of this name is replaced." };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "backup",
            "Write database and objects into one checked file, a zip with a manifest of sizes and SHA-256; a hub may go on writing.",
            """
            assay data backup assay-backup.zip
            assay data backup /backups/assay.zip --data /var/lib/assay --json
            """
        )
        {
            file,
            data,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var (folder, target) = (parsed.GetValue(data)!, parsed.GetValue(file)!);
                var report = await DataProgressView.ShowAsync(
                    surroundings,
                    progress => DataBackup.Run(folder, target, surroundings.Time, progress, cancellationToken),
                    cancellationToken
                );
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : DataBackupView.WriteAsync(surroundings.Out, report));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }
}
