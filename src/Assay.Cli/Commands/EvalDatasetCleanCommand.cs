using System.CommandLine;
using Assay.Cli.Evaluating;
using Assay.Cli.Showing;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Datasets.Cleaning;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval dataset clean</c>: a dataset that may be handed on, and a manifest that says how it was made.</summary>
internal static class EvalDatasetCleanCommand
{
    private static readonly string[] Endings = [".jsonl", ".jsonl.gz"];

    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new CleaningOptions();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "clean",
            """
            Make a dataset that may be handed on: cases of blacklisted channels and of other flag variants are dropped, personal data and
            secrets are taken out. A manifest beside it tells counts, hashes, filters and reasons, and names no case or channel.
            """,
            """
            assay eval dataset clean digests.jsonl --out catalog/datasets/digests_v2.jsonl
            assay eval dataset clean digests.jsonl --out shared.jsonl --flag rag_plus_plus=on --words names.txt --rename
            """
        )
        {
            json,
        };
        options.AddTo(command);
        command.SetAction(
            async (parsed, _) =>
            {
                var order = options.Read(parsed);
                Demand(order);
                var manifest = DatasetCleaning.Clean(Dataset.Open(order.From), order.To, order.Plan);
                manifest.Write(order.Manifest);
                await (
                    parsed.GetValue(json)
                        ? JsonOutput.WriteAsync(surroundings.Out, manifest)
                        : CleaningView.WriteAsync(surroundings.Out, manifest, order.To, order.Manifest)
                );
                foreach (var note in order.Plan.Filters.OfType<ChannelBlacklist>().Where(list => list.Unmatched > 0))
                {
                    await surroundings.Error.WriteLineAsync(
                        $"note: no case is of {NumberText.Counted(note.Unmatched, "channel")} of the blacklist; a misspelt name keeps nothing out."
                    );
                }

                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static void Demand(CleaningOrder order)
    {
        if (!Endings.Any(ending => order.To.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            throw AssayException.Usage($"--out '{order.To}' is no file of JSON lines.", $"Name a file that ends in {string.Join(" or ", Endings)}.");
        }

        if (((string[])[order.To, order.Manifest]).Any(path => Path.GetFullPath(path) == Path.GetFullPath(order.From)))
        {
            throw AssayException.Usage("The clean dataset would replace the one that it is made of.", "Name another file with --out.");
        }

        if (!order.Force && ((string[])[order.To, order.Manifest]).FirstOrDefault(File.Exists) is { } there)
        {
            throw AssayException.Usage($"'{there}' exists.", "Name another file with --out, or say --force to write over it.");
        }
    }
}
