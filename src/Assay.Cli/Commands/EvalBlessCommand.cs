using System.CommandLine;
using Assay.Cli.Evaluating;
using Assay.Cli.Showing;
using Assay.Evaluation.Prompts;
using Assay.Evaluation.Running;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval bless</c>: makes a run the baseline that later ones are compared with.</summary>
internal static class EvalBlessCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var run = EvalCommand.Run("The run: its id, its folder, or last.");
        var by = new Option<string>("--by")
        {
            Description = "Who blesses it: a name or an address.",
            HelpName = "NAME",
            Required = true,
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why this run is the measure of others.",
            HelpName = "TEXT",
            Required = true,
        };
        var data = CommonOptions.Data();
        var catalog = PromptCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "bless",
            "Make a finished run the baseline of its benchmark: gates on a difference compare with it. Its journal goes into the catalog, for "
                + "git, and the prompts that it used are blessed: from now on they never change.",
            """
            assay eval bless last --by anna@example.org --reason "release 2.4, reviewed"
            """
        )
        {
            run,
            by,
            reason,
            data,
            catalog,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var folder = RunFolder.Find(parsed.GetValue(run)!, parsed.GetValue(data)!);
                var now = surroundings.Time.GetUtcNow();
                var (into, who) = (parsed.GetValue(catalog)!, parsed.GetValue(by)!);
                var learned = BlessingRecord.Of(folder, into, who, now);
                var baseline = Bless(folder, into, who, parsed.GetValue(reason)!, now);
                await learned.KeepAsync(into, surroundings.Error);
                await (
                    parsed.GetValue(json)
                        ? JsonOutput.WriteAsync(surroundings.Out, baseline)
                        : surroundings.Out.WriteLineAsync(Sentence(baseline, parsed.GetValue(catalog)!))
                );
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static string Sentence(Baseline baseline, string catalog) =>
        $"""
            {baseline.Run} is the baseline of {baseline.Benchmark} now.
            Put under version control: {Path.Combine(catalog, "baselines")} and {Path.Combine(catalog, "prompts", "blessed.json")}
            Gates with 'statistic: difference' compare with it from the next run on.
            """;

    private static Baseline Bless(RunFolder folder, string catalog, string by, string reason, DateTimeOffset now)
    {
        using var record = RunRecord.Open(folder.Journal);
        if (!record.IsFinished)
        {
            throw AssayException.Usage(
                $"The run '{folder.Id}' is not finished: {record.Done:#,0} of {record.Plan.Content.Asked:#,0} cases are done.",
                $"Finish it first: assay eval resume {folder.Id}"
            );
        }

        // Prompts first: a changed one is an error, and then there is no baseline either.
        var prompts = PromptCommand.Read(catalog);
        foreach (var (reference, hash) in record.Plan.Content.Prompts)
        {
            BlessPrompt(prompts, reference, hash, now, by);
        }

        return Baseline.Keep(folder, record.Plan.Benchmark, catalog, by, reason, now);
    }

    private static void BlessPrompt(PromptCatalog prompts, string reference, string hash, DateTimeOffset now, string by)
    {
        var prompt = prompts.Find(reference);
        if (prompt.ContentHash != hash)
        {
            throw AssayException.Usage($"The prompt {reference} was changed since the run.", "Undo the change, or run the benchmark anew and bless that run.");
        }

        BlessedPrompts.Add(prompts, prompt, DateOnly.FromDateTime(now.UtcDateTime), by);
    }
}
