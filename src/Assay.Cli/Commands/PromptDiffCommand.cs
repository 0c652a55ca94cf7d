using System.CommandLine;
using Assay.Cli.Prompting;
using Assay.Cli.Showing;
using Assay.Evaluation.Prompts;

namespace Assay.Cli.Commands;

/// <summary><c>assay prompt diff</c>: what two prompts say differently.</summary>
internal static class PromptDiffCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var old = new Argument<string>("old")
        {
            Description = "The earlier prompt: name@version; or a name alone, to compare its last two versions.",
            HelpName = "OLD",
        };
        var @new = new Argument<string?>("new")
        {
            Description = "The later prompt: name@version, or the name for its newest version.",
            HelpName = "NEW",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var catalog = PromptCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "diff",
            "Show word by word what two prompts say differently, and which parameters. Exit code 0 whether they differ or not.",
            """
            assay prompt diff handbook_answer@1 handbook_answer@2
            assay prompt diff handbook_answer
            """
        )
        {
            old,
            @new,
            catalog,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var prompts = PromptCommand.Read(parsed.GetValue(catalog)!);
                var (first, second) = Pair(prompts, parsed.GetValue(old)!, parsed.GetValue(@new));
                var report = PromptDiffReport.Of(first, second);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : PromptDiffView.WriteAsync(surroundings.Out, report));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static (Prompt Old, Prompt New) Pair(PromptCatalog prompts, string old, string? @new)
    {
        if (@new is not null)
        {
            return (prompts.Find(old), prompts.Find(@new));
        }

        var newest = prompts.Find(old);
        var before = prompts.Prompts.LastOrDefault(prompt => prompt.Name == newest.Name && prompt.Version < newest.Version);
        return before is null ? throw AssayException.Usage($"{newest.Id} has no version before it.", "Name the prompt to compare it with.") : (before, newest);
    }
}
