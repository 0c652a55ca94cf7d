using System.CommandLine;
using Assay.Cli.Canarying;
using Assay.Releases.Canaries;

namespace Assay.Cli.Commands;

/// <summary><c>assay canary start</c>: begins a canary.</summary>
internal static class CanaryStartCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var release = CanaryOptions.Release();
        var version = new Option<string?>("--version") { Description = "The candidate's version.", HelpName = "V" };
        var commit = new Option<string?>("--commit")
        {
            Description = "The candidate's commit; its first digits are its version when none is given.",
            HelpName = "C",
        };
        var force = new Option<string?>("--force")
        {
            Description = "Start although the gate is not open, for this reason; it stands in the ledger.",
            HelpName = "REASON",
        };
        var wait = new Option<bool>("--wait") { Description = "Wait until it is promoted (exit code 0) or rolled back (1), telling each look." };
        var options = new CanaryOptions();
        var command = new ExampleCommand(
            "start",
            "Begin the canary of a release: its first share of traffic is set, and the hub looks at it from then on. The gate of the same candidate must be open.",
            """
            assay canary start rag_plus_plus --version 1.9.0
            assay canary start rag_plus_plus --commit 4f2c9a1 --wait
            assay canary start rag_plus_plus --version 1.9.1 --force "hotfix of the parser, gate runs tonight"
            """
        )
        {
            release,
            version,
            commit,
            force,
            wait,
        };
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var source = CanaryHub.Open(options.Choice(parsed), surroundings);
                var start = new CanaryStart
                {
                    Version = parsed.GetValue(version) ?? "",
                    Commit = parsed.GetValue(commit) ?? "",
                    Force = parsed.GetValue(force),
                };
                var status = await source.StartAsync(parsed.GetValue(release)!, start, cancellationToken);
                if (parsed.GetValue(wait))
                {
                    await surroundings.Error.WriteLineAsync(CanaryView.Sentence(status));
                    status = await CanaryWaiting.UntilEndAsync(
                        source,
                        status,
                        s => surroundings.Error.WriteLineAsync(CanaryView.Sentence(s)),
                        surroundings.Time,
                        cancellationToken
                    );
                }

                await surroundings.WriteAsync(options.IsJson(parsed), status);
                return (int)(parsed.GetValue(wait) ? CanaryView.CodeOf(status) : ExitCode.Pass);
            }
        );
        return command;
    }
}
