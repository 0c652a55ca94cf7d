using System.CommandLine;
using Assay.Cli.Flagging;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag stale</c>: flags that should be looked at.</summary>
internal static class FlagStaleCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var command = new ExampleCommand(
            "stale",
            "List flags that are expired, decided for everybody, killed for 30 days, or changed for 30 days without their file. Exit code 1 when there is one.",
            "assay flag stale --json"
        );
        command.Shows(
            new FlagOptions(),
            surroundings,
            (source, _, cancellationToken) => source.ListStaleAsync(cancellationToken),
            FlagTables.Of,
            list => list.Flags.Count == 0 ? ExitCode.Pass : ExitCode.Fail
        );
        return command;
    }
}
