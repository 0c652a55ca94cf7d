using System.CommandLine;

namespace Assay.Cli.Commands;

/// <summary><c>assay stats check</c>: how far the statistics are from the cases of a reference file.</summary>
internal static class StatsCheckCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var file = new Argument<string>("file") { Description = "Reference cases, JSON." };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "check",
            "Recompute the cases of a reference file and show each case's worst relative error.",
            """
            assay stats check cases.json
            assay stats check cases.json --json
            """
        )
        {
            file,
            json,
        };
        _ = surroundings;
        return command;
    }
}
