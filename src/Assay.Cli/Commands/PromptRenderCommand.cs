using System.CommandLine;
using Assay.Cli.Prompting;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay prompt render</c>: what a model would be sent.</summary>
internal static class PromptRenderCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var prompt = PromptCommand.Prompt();
        var field = new Option<string[]>("--field")
        {
            Description = "A field as name=value, such as input=question; may be given several times. Wins over the case.",
            HelpName = "NAME=VALUE",
        };
        var @case = new Option<string?>("--case")
        {
            Description = "A case as one JSON object, a line of a dataset: a file (its first line is taken), or - for standard input.",
            HelpName = "FILE",
        };
        var catalog = PromptCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "render",
            "Fill in a prompt and print the messages that a model would be sent; nothing is sent.",
            """
            assay prompt render digest_ru --field "input=Вышел .NET 10."
            head -n 1 cases.jsonl | assay prompt render handbook_answer@1 --case -
            """
        )
        {
            prompt,
            field,
            @case,
            catalog,
            json,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var found = PromptCommand.Read(parsed.GetValue(catalog)!).Find(parsed.GetValue(prompt)!);
                var fields = await RenderedFields.ReadAsync(parsed.GetValue(@case), parsed.GetValue(field) ?? [], surroundings, cancellationToken);
                var report = RenderReport.Of(found, fields);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : RenderView.WriteAsync(surroundings.Out, report));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }
}
