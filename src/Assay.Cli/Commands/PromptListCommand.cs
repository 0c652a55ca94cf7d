using System.CommandLine;
using Assay.Cli.Prompting;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay prompt list</c>: every version of every prompt.</summary>
internal static class PromptListCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var catalog = PromptCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "list",
            "List the prompts of the catalog with language, inputs, hash and blessing. Reading checks every file: exit code 2 for one that is wrong.",
            """
            assay prompt list
            assay prompt list --catalog ./catalog --json
            """
        )
        {
            catalog,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var report = PromptListReport.Of(PromptCommand.Read(parsed.GetValue(catalog)!));
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : PromptListView.WriteAsync(surroundings.Out, report));
                return (int)(report.Prompts.Count > 0 ? ExitCode.Pass : ExitCode.Inconclusive);
            }
        );
        return command;
    }
}
