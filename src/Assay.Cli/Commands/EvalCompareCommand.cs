using System.CommandLine;
using Assay.Cli.Evaluating;
using Assay.Cli.Showing;
using Assay.Evaluation.Comparing;
using Assay.Evaluation.Reports;
using Assay.Evaluation.Running;
using Assay.Files;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval compare</c>: two runs case by case.</summary>
internal static class EvalCompareCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var baseline = new Argument<string>("base")
        {
            Description = "The run compared with: its id, its folder, or blessed for the baseline of the candidate's benchmark.",
            HelpName = "BASE",
        };
        var candidate = new Argument<string>("candidate") { Description = "The run in question: its id, its folder, or last.", HelpName = "CANDIDATE" };
        var common = new Option<bool>("--common-cases") { Description = "Compare runs on different datasets by the ids that both hold." };
        var markdown = new Option<string?>("--md") { Description = "Write a Markdown summary, for a pull request; - for standard output.", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var catalog = PromptCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "compare",
            "Compare two runs case by case: differences with intervals, wins and losses, the cases that changed most. It shows; it does not "
                + "decide: for that write a gate with statistic: difference.",
            """
            assay eval compare blessed last
            assay eval compare 20261120-091500-handbook last --md comparison.md
            """
        )
        {
            baseline,
            candidate,
            common,
            markdown,
            data,
            catalog,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                using var after = RunRecord.Open(RunFolder.Find(parsed.GetValue(candidate)!, parsed.GetValue(data)!).Journal);
                using var before = RunRecord.Open(Before(parsed.GetValue(baseline)!, parsed.GetValue(data)!, parsed.GetValue(catalog)!, after));
                var comparison = RunComparison.Of(before, after, parsed.GetValue(common));
                if (parsed.GetValue(markdown) is { } path and not "-")
                {
                    AtomicFile.Write(path, stream => RunReport.Markdown(stream, comparison));
                }

                await WriteAsync(surroundings.Out, comparison, parsed.GetValue(json), parsed.GetValue(markdown) == "-");
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static string Before(string reference, string data, string catalog, RunRecord candidate) =>
        reference != "blessed" ? RunFolder.Find(reference, data).Journal
        : Baseline.Find(candidate.Plan.Benchmark, catalog) is { } blessed ? blessed.Journal
        : throw AssayException.Usage($"No run of '{candidate.Plan.Benchmark}' is blessed.", "Name a run, or bless one: `assay eval bless RUN`.");

    private static async Task WriteAsync(TextWriter output, RunComparison comparison, bool json, bool markdown)
    {
        if (json)
        {
            await JsonOutput.WriteAsync(output, ComparisonDocument.Of(comparison));
            return;
        }

        if (!markdown)
        {
            await ComparisonOfRunsView.WriteAsync(output, comparison);
            return;
        }

        using var text = new MemoryStream();
        RunReport.Markdown(text, comparison);
        await output.WriteAsync(System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }
}
