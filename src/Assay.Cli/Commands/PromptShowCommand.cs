using System.CommandLine;
using Assay.Cli.Prompting;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay prompt show</c>: one prompt with its texts.</summary>
internal static class PromptShowCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var prompt = PromptCommand.Prompt();
        var catalog = PromptCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "show",
            "Show a prompt: its texts, parameters, inputs, hash, blessing and the other versions.",
            """
            assay prompt show handbook_answer
            assay prompt show handbook_answer@1 --json
            """
        )
        {
            prompt,
            catalog,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var prompts = PromptCommand.Read(parsed.GetValue(catalog)!);
                var report = PromptReport.Of(prompts, prompts.Find(parsed.GetValue(prompt)!));
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : PromptView.WriteAsync(surroundings.Out, report));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }
}
