using System.CommandLine;
using Assay.Cli.Canarying;
using Assay.Cli.Hubs;
using Assay.Cli.Showing;
using Assay.Releases.Canaries;

namespace Assay.Cli.Commands;

/// <summary><c>assay canary rollback</c>: takes all traffic away, whatever is down.</summary>
internal static class CanaryRollbackCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var release = CanaryOptions.Release();
        var reason = CanaryOptions.Reason();
        var catalog = new Option<string>("--catalog")
        {
            Description = "Folder of the catalog, when no hub runs; flags are in its folder flags.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "catalog",
        };
        var options = new CanaryOptions();
        var command = new ExampleCommand(
            "rollback",
            """
            Take all traffic from a canary, at any step and after its promotion: traffic first, records afterwards. Without a hub that answers the intent is written into the data folder, where
            a hub reads it before anything else, and traffic is taken away from here as far as possible. Exit code 0 when traffic reads 0, 4 when it does not yet.
            """,
            """
            assay canary rollback rag_plus_plus --reason "answers without sources since 14:05"
            """
        )
        {
            release,
            reason,
            catalog,
        };
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var (choice, json) = (options.Choice(parsed), options.IsJson(parsed));
                var (name, why) = (parsed.GetValue(release)!, new CanaryOrder(parsed.GetValue(reason)!).Checked());
                if (await TryAtHubAsync(choice, name, why, surroundings, cancellationToken) is { } status)
                {
                    await surroundings.WriteAsync(json, status);
                    return (int)(status.Rollback is { ZeroAt: not null } ? ExitCode.Pass : ExitCode.Infrastructure);
                }

                var rescued =
                    await CanaryRescue.RollBackAsync(choice, parsed.GetValue(catalog)!, name, why, surroundings, cancellationToken)
                    ?? throw AssayException.Usage(
                        $"The data folder '{choice.DataFolder}' knows no canary of '{name}'.",
                        "Name its data folder with --data or its hub with --hub; `assay flag kill` throws the switch of a flag by itself."
                    );
                return await TellAsync(surroundings, json, rescued);
            }
        );
        return command;
    }

    // A hub that refuses for a reason says so; one that does not answer is no reason to wait.
    private static async Task<CanaryStatus?> TryAtHubAsync(
        HubChoice choice,
        string release,
        string reason,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var hub = HubClient.Find(choice, surroundings.Environment);
            return hub is null ? null : await new CanaryHub(hub).OrderAsync(release, "rollback", reason, cancellationToken);
        }
        catch (AssayException e) when (e.ExitCode == ExitCode.Infrastructure && choice.Address is null)
        {
            await surroundings.Error.WriteLineAsync($"{e.Message} Going on without the hub.");
            return null;
        }
    }

    private static async Task<int> TellAsync(CommandSurroundings surroundings, bool json, Rescued rescued)
    {
        var (release, rollback) = rescued;
        await (
            json
                ? JsonOutput.WriteAsync(surroundings.Out, new { Release = release.ToString(), Rollback = rollback })
                : surroundings.Out.WriteLineAsync(
                    string.Join(Environment.NewLine, WrappedText.Lines($"{release}: the rollback is on disk; {CanaryView.StageText(rollback)}."))
                )
        );
        return (int)(rollback.ZeroAt is null ? ExitCode.Infrastructure : ExitCode.Pass);
    }
}
