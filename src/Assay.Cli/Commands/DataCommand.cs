using System.CommandLine;

namespace Assay.Cli.Commands;

/// <summary><c>assay data</c>: the data folder of a hub, kept safe.</summary>
internal static class DataCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new(
            "data",
            """
            Check, back up and restore the data folder of a hub.

            What lies in the folder and what survives what: docs/reference/en/data_folder.md
            """
        )
        {
            DataCheckCommand.Create(surroundings),
            DataBackupCommand.Create(surroundings),
            DataRestoreCommand.Create(surroundings),
        };
}
