using System.CommandLine;

namespace Assay.Cli.Commands;

<<<<<<< HEAD
/// <summary><c>assay experiment</c>: experiments, and what they came to.</summary>
internal static class ExperimentCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new(
            "experiment",
            """
            List experiments, look at what they came to, and plan how many units they need.

            How one is written, wired, looked at and decided: docs/guide/experiments.md
            """
        )
        {
            ExperimentListCommand.Create(surroundings),
            ExperimentAnalyzeCommand.Create(surroundings),
            ExperimentPowerCommand.Create(surroundings),
        };

    /// <summary>The experiment.</summary>
    public static Argument<string> Name() => new("name") { Description = "The experiment.", HelpName = "NAME" };
=======
/// <summary><c>assay experiment</c>: which variant is better, and whether that can be trusted.</summary>
internal static class ExperimentCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new("experiment", "Check how units are assigned to the arms of experiments.") { ExperimentAuditBucketingCommand.Create(surroundings) };
>>>>>>> main

    /// <summary>Where the files are.</summary>
    public static Option<string> Catalog() =>
        new("--catalog")
        {
<<<<<<< HEAD
            Description = "Folder of the catalog, when no hub runs; experiments are in its folder experiments.",
=======
            Description = "Folder of the catalog; experiments are in its folder experiments.",
>>>>>>> main
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "catalog",
        };
}
