using System.CommandLine;
using Assay.Cli.Showing;
using Assay.Evaluation.Prompts;

namespace Assay.Cli.Commands;

/// <summary><c>assay prompt bless</c>: fixes a version for good.</summary>
internal static class PromptBlessCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var prompt = PromptCommand.Prompt();
        var by = new Option<string>("--by")
        {
            Description = "Who blesses it: a name or an address.",
            HelpName = "NAME",
            Required = true,
        };
        var catalog = PromptCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "bless",
            "Fix a version of a prompt: its hash is written to blessed.json, and a later change of its text is an error. A prompt that is blessed already stays as it is.",
            """
            assay prompt bless handbook_answer@1 --by anna@example.org
            """
        )
        {
            prompt,
            by,
            catalog,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var prompts = PromptCommand.Read(parsed.GetValue(catalog)!);
                var found = prompts.Find(parsed.GetValue(prompt)!);
                var today = DateOnly.FromDateTime(surroundings.Time.GetUtcNow().UtcDateTime);
                var blessing = BlessedPrompts.Add(prompts, found, today, parsed.GetValue(by)!);
                await (
                    parsed.GetValue(json)
                        ? JsonOutput.WriteAsync(surroundings.Out, blessing)
                        : surroundings.Out.WriteLineAsync(
                            $"{blessing.Prompt} is blessed since {blessing.Date:yyyy-MM-dd} by {blessing.By}: {blessing.Hash[..Prompting.PromptListing.HashShown]}"
                        )
                );
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }
}
