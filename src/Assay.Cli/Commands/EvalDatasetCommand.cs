using System.CommandLine;
using Assay.Cli.Showing;
using Assay.Evaluation.Datasets;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval dataset</c>: whether a dataset is right, one that may be handed on, and what changed between two versions.</summary>
internal static class EvalDatasetCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new("dataset", "Check a dataset, clean it, or tell what changed between two versions of it. How one is written: docs/reference/en/datasets.md")
        {
            Check(surroundings),
            EvalDatasetCleanCommand.Create(surroundings),
            Diff(surroundings),
        };

    private static ExampleCommand Check(CommandSurroundings surroundings)
    {
        var file = File("dataset", "The dataset: .jsonl or .csv, or packed with gzip.");
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "check",
            "Read every case of a dataset and say what it holds. Exit code 2 for a line that is wrong, named.",
            """
            assay eval dataset check catalog/datasets/handbook_qa_v1.jsonl
            assay eval dataset check qa.csv --json
            """
        )
        {
            file,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var facts = DatasetFacts.Of(Dataset.Open(parsed.GetValue(file)!));
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, facts) : DatasetView.WriteAsync(surroundings.Out, facts));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static ExampleCommand Diff(CommandSurroundings surroundings)
    {
        var from = File("old", "The old version.");
        var to = File("new", "The new version.");
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "diff",
            "Tell which cases were added, removed and changed, by their ids, and what changed in them.",
            """
            assay eval dataset diff qa_v1.jsonl qa_v2.jsonl
            """
        )
        {
            from,
            to,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var diff = DatasetDiff.Of(Dataset.Open(parsed.GetValue(from)!), Dataset.Open(parsed.GetValue(to)!));
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, diff) : DatasetView.WriteAsync(surroundings.Out, diff));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static Argument<string> File(string name, string description) => new(name) { Description = description, HelpName = name.ToUpperInvariant() };
}
