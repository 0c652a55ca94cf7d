using System.CommandLine;
using Assay.Cli.Hubs;
using Assay.Cli.Objectives;
using Assay.Cli.Showing;
using Assay.Embedded;
using Assay.Server.Hosting;
using Assay.Server.Slos;

namespace Assay.Cli.Commands;

/// <summary><c>assay slo status</c>: whether promises are kept, from the hub that runs or from what it left.</summary>
internal static class SloStatusCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var choice = new HubChoiceOptions();
        var catalog = SloCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "status",
            "Show each SLO with its verdict, budget, burn rates and alerts. Exit code 1 when one is not kept, 3 when one cannot be judged.",
            """
            assay slo status
            assay slo status --data /var/lib/assay --json
            ASSAY_TOKEN=assay_... assay slo status --hub https://assay.example.org
            """
        );
        choice.AddTo(command);
        command.Options.Add(catalog);
        command.Options.Add(json);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var report = await ReadAsync(choice.Read(parsed), parsed.GetValue(catalog)!, surroundings, cancellationToken);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : SloStatusView.WriteAsync(surroundings.Out, report));
                return (int)(
                    report.Verdict switch
                    {
                        Verdict.Pass => ExitCode.Pass,
                        Verdict.Fail => ExitCode.Fail,
                        _ => ExitCode.Inconclusive,
                    }
                );
            }
        );
        return command;
    }

    private static async Task<SlosReport> ReadAsync(HubChoice choice, string catalog, CommandSurroundings surroundings, CancellationToken cancellationToken)
    {
        using var hub = HubClient.Find(choice, surroundings.Environment);
        if (hub is not null)
        {
            return await hub.GetAsync("/api/v1/slos", SlosJson.Default.SlosReport, cancellationToken);
        }

        if (!Directory.Exists(choice.DataFolder))
        {
            throw AssayException.Usage(
                $"There is no data folder '{choice.DataFolder}', and no hub was named.",
                "Name the folder with --data or a hub with --hub, or start one with `assay serve`."
            );
        }

        return await ReadFolderAsync(choice.DataFolder, catalog, surroundings, cancellationToken);
    }

    // What the last hub saved, and what was stored after that.
    private static async Task<SlosReport> ReadFolderAsync(string folder, string catalog, CommandSurroundings surroundings, CancellationToken cancellationToken)
    {
        var options = new HubOptions
        {
            DataFolder = folder,
            CatalogFolder = catalog,
            Variables = surroundings.Environment,
        };
        using var book = new SloBook(options, surroundings.Time);
        await using var store = await EmbeddedStore.OpenAsync(folder, surroundings.Time, cancellationToken);
        var feed = new SloFeed(book, store.Events, new SloSaving(store.Documents));
        await feed.RestoreAsync(cancellationToken);
        await feed.CatchUpAsync(cancellationToken);
        return SlosReport.Of(book.Monitor.Summary());
    }
}
