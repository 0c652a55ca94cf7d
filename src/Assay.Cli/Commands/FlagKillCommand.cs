using System.CommandLine;
using Assay.Cli.Flagging;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag kill</c>: the kill switch.</summary>
internal static class FlagKillCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        SwitchCommand.Create(
            surroundings,
            killed: true,
            "kill",
            "Throw the kill switch: everybody gets the variant of a flag that is off, whatever file, rules and shares say. Connected services hear of it within a second.",
            "assay flag kill rag_plus_plus --reason \"answers without sources since 14:05\""
        );
}
