using System.CommandLine;

namespace Assay.Cli.Commands;

/// <summary><c>assay trace</c>: traces on the terminal.</summary>
internal static class TraceCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new("trace", "Find traces and look at them, from the hub that runs or from its data folder.")
        {
            TraceListCommand.Create(surroundings),
            TraceShowCommand.Create(surroundings),
        };
}
