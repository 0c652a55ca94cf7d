using System.CommandLine;
using Assay.Cli.Experimenting;
using Assay.Cli.Hubs;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay experiment list</c>: all experiments.</summary>
internal static class ExperimentListCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var hub = new HubChoiceOptions();
        var catalog = ExperimentCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "list",
            "List experiments: arms, traffic, goals. Those of the hub when one runs, else of the catalog.",
            """
            assay experiment list
            assay experiment list --catalog ./catalog --json
            """
        );
        hub.AddTo(command);
        command.Options.Add(catalog);
        command.Options.Add(json);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var list = await ListAsync(hub.Read(parsed), parsed.GetValue(catalog)!, surroundings, cancellationToken);
                await (
                    parsed.GetValue(json)
                        ? JsonOutput.WriteAsync(surroundings.Out, list)
                        : surroundings.Out.WriteLineAsync(string.Join(Environment.NewLine, ExperimentsListedView.Lines(list)))
                );
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    // Files can be listed before there is any data.
    private static async Task<ExperimentsListed> ListAsync(
        HubChoice choice,
        string catalog,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        if (choice.Address is null && !Directory.Exists(choice.DataFolder))
        {
            return ExperimentsListed.Of(ExperimentFiles.Read(catalog));
        }

        await using var source = await ExperimentSource.OpenAsync(choice, catalog, surroundings, cancellationToken);
        return await source.ListAsync(cancellationToken);
    }
}
