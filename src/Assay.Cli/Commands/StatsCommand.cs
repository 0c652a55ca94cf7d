using System.CommandLine;

namespace Assay.Cli.Commands;

/// <summary><c>assay stats</c>: the statistics that every verdict stands on, for a person's own data.</summary>
internal static class StatsCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new(
            "stats",
            """
            Compare, plan and check with the statistics that every verdict of Assay stands on.

            Each method with its formula, source and assumptions: docs/reference/en/statistics.md
            """
        )
        {
            StatsCompareCommand.Create(surroundings),
            StatsPowerCommand.Create(surroundings),
            StatsSrmCommand.Create(surroundings),
            StatsCheckCommand.Create(surroundings),
        };
}
