using System.CommandLine;

namespace Assay.Cli.Commands;

/// <summary><c>assay slo</c>: promises, and whether they are kept.</summary>
internal static class SloCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new(
            "slo",
            """
            Tell how SLOs stand, and write their rules for Prometheus.

            What an SLO is, how it is written and when it alerts: docs/reference/en/slos.md
            """
        )
        {
            SloStatusCommand.Create(surroundings),
            SloRulesCommand.Create(surroundings),
            SloCheckCommand.Create(surroundings),
        };

    /// <summary>Where the files are.</summary>
    public static Option<string> Catalog() =>
        new("--catalog")
        {
            Description = "Folder of the catalog; SLOs are in its folder slos.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "catalog",
        };
}
