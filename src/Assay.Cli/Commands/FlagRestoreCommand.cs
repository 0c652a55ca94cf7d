using System.CommandLine;
using Assay.Cli.Flagging;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag restore</c>: undoes the kill switch.</summary>
internal static class FlagRestoreCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        SwitchCommand.Create(
            surroundings,
            killed: false,
            "restore",
            "Undo the kill switch: rules and shares decide again as before.",
            "assay flag restore rag_plus_plus --reason \"fixed in 1.9.1\""
        );
}
