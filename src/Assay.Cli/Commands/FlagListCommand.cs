using System.CommandLine;
using Assay.Cli.Flagging;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag list</c>: all flags.</summary>
internal static class FlagListCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var command = new ExampleCommand(
            "list",
            "List all flags: switch, shares, rules, version.",
            """
            assay flag list
            assay flag list --json
            """
        );
        command.Shows(new FlagOptions(), surroundings, (source, _, cancellationToken) => source.ListAsync(cancellationToken), FlagTables.Of);
        return command;
    }
}
