using System.CommandLine;
using Assay.Cli.Evaluating;
using Assay.Cli.Showing;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Gates.Learning;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval thresholds</c>: limits that blessed runs teach.</summary>
internal static class EvalThresholdsCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new("thresholds", "Learn the limits of gates from blessed runs, or show what was learned. How: docs/reference/en/gates.md")
        {
            Learn(surroundings),
            Show(surroundings),
        };

    private static ExampleCommand Learn(CommandSurroundings surroundings)
    {
        var benchmark = Benchmark();
        var save = new Option<bool>("--save") { Description = "Keep them in the catalog, where the next runs find them. They only ever tighten a gate." };
        var catalog = PromptCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "learn",
            $"""
            Learn from the blessed runs of a benchmark which limits an unchanged run keeps, all of them together in 95 % of runs.
            {ThresholdLearning.LeastRuns} blessed runs are needed; no limit is looser than its floor in {ThresholdFloors.FileName}. Exit code 3 when nothing can be learned.
            """,
            """
            assay eval thresholds learn handbook
            assay eval thresholds learn handbook --save
            """
        )
        {
            benchmark,
            save,
            catalog,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var folder = parsed.GetValue(catalog)!;
                var file = BenchmarkCatalog.Find(parsed.GetValue(benchmark)!, folder);
                var history = BlessedHistory.Read(BlessedHistory.PathOf(folder, file.Name));
                var learned = LearnedBenchmark.Of(file.Gates, history, ThresholdFloors.Of(folder, file.Name), surroundings.Time.GetUtcNow());
                var isAny = learned.Limits.Any(limit => limit.Limit is not null);
                var saved = parsed.GetValue(save) && isAny ? LearnedThresholds.Save(folder, file.Name, learned) : null;
                await WriteAsync(surroundings, parsed.GetValue(json), new LearnedDocument(file.Name, learned, saved));
                return (int)(isAny ? ExitCode.Pass : ExitCode.Inconclusive);
            }
        );
        return command;
    }

    private static ExampleCommand Show(CommandSurroundings surroundings)
    {
        var benchmark = Benchmark();
        var catalog = PromptCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "show",
            "Show the limits that hold for the next runs of a benchmark, and how they were learned. Exit code 3 when none were.",
            """
            assay eval thresholds show handbook
            """
        )
        {
            benchmark,
            catalog,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var folder = parsed.GetValue(catalog)!;
                var file = BenchmarkCatalog.Find(parsed.GetValue(benchmark)!, folder);
                if (LearnedThresholds.Find(folder, file.Name) is not { } learned)
                {
                    await surroundings.Error.WriteLineAsync(
                        $"No limits of '{file.Name}' were learned yet. Bless {ThresholdLearning.LeastRuns} runs, then: assay eval thresholds learn {file.Name} --save"
                    );
                    return (int)ExitCode.Inconclusive;
                }

                await WriteAsync(
                    surroundings,
                    parsed.GetValue(json),
                    new LearnedDocument(file.Name, learned, Path.Combine(folder, LearnedThresholds.FileName))
                );
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static Task WriteAsync(CommandSurroundings surroundings, bool json, LearnedDocument document) =>
        json ? JsonOutput.WriteAsync(surroundings.Out, document) : LearnedView.WriteAsync(surroundings.Out, document);

    private static Argument<string> Benchmark() =>
        new("benchmark") { Description = "A benchmark of the catalog by its name, or a file.", HelpName = "BENCHMARK" };
}
