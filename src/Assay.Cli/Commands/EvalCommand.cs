using System.CommandLine;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval</c>: benchmarks that decide.</summary>
internal static class EvalCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new(
            "eval",
            """
            Measure a prompt, a model or a service on a dataset, and decide.

            From a list of questions to a verdict: docs/guide/benchmarks.md
            """
        )
        {
            EvalRunCommand.Create(surroundings),
            EvalResumeCommand.Create(surroundings),
            EvalListCommand.Create(surroundings),
            EvalShowCommand.Create(surroundings),
            EvalCompareCommand.Create(surroundings),
            EvalBlessCommand.Create(surroundings),
            EvalThresholdsCommand.Create(surroundings),
            EvalCalibrateCommand.Create(surroundings),
            EvalPublishCommand.Create(surroundings),
            EvalInitCommand.Create(surroundings),
            EvalDatasetCommand.Create(surroundings),
        };

    /// <summary>One run.</summary>
    public static Argument<string> Run(string description) => new("run") { Description = description, HelpName = "RUN" };
}
