using System.CommandLine;

namespace Assay.Cli.Commands;

/// <summary><c>assay experiment</c>: which variant is better, and whether that can be trusted.</summary>
internal static class ExperimentCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new("experiment", "Check how units are assigned to the arms of experiments.") { ExperimentAuditBucketingCommand.Create(surroundings) };

    /// <summary>Where the files are.</summary>
    public static Option<string> Catalog() =>
        new("--catalog")
        {
            Description = "Folder of the catalog; experiments are in its folder experiments.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "catalog",
        };
}
