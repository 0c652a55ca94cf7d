using System.CommandLine;

namespace Assay.Cli.Commands;

/// <summary><c>assay experiment</c>: experiments, and what they came to.</summary>
internal static class ExperimentCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new(
            "experiment",
            """
            List experiments, look at what they came to, plan how many units they need, and check how units are assigned.

            How one is written, wired, looked at and decided: docs/guide/experiments.md
            """
        )
        {
            ExperimentListCommand.Create(surroundings),
            ExperimentAnalyzeCommand.Create(surroundings),
            ExperimentPowerCommand.Create(surroundings),
            ExperimentAuditBucketingCommand.Create(surroundings),
        };

    /// <summary>The experiment.</summary>
    public static Argument<string> Name() => new("name") { Description = "The experiment.", HelpName = "NAME" };

    /// <summary>Where the files are.</summary>
    public static Option<string> Catalog() =>
        new("--catalog")
        {
            Description = "Folder of the catalog, when no hub runs; experiments are in its folder experiments.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "catalog",
        };
}
