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
            EvalCalibrateCommand.Create(surroundings),
            EvalDatasetCommand.Create(surroundings),
            EvalInitCommand.Create(surroundings),
        };
}
