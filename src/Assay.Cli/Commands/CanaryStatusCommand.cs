using System.CommandLine;
using Assay.Cli.Canarying;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay canary status</c>: where canaries are, and why.</summary>
internal static class CanaryStatusCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var release = new Argument<string?>("release")
        {
            Description = "The release: its name, or name@version for one that is not the latest; all when left out.",
            HelpName = "RELEASE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var watch = new Option<bool>("--watch")
        {
            Description = "Stay, and print it anew whenever something changes, until it ends: exit code 0 promoted, 1 rolled back.",
        };
        var options = new CanaryOptions();
        var command = new ExampleCommand(
            "status",
            "Show all canaries, or one: its step, every metric against control, what keeps it where it is, and how far a rollback is.",
            """
            assay canary status
            assay canary status rag_plus_plus --watch
            assay canary status rag_plus_plus@1.9.0 --json
            """
        )
        {
            release,
            watch,
        };
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var source = CanaryHub.Open(options.Choice(parsed), surroundings);
                if (parsed.GetValue(release) is not { } name)
                {
                    return await ListAsync(surroundings, source, options.IsJson(parsed), cancellationToken);
                }

                var status = await source.GetAsync(name, cancellationToken);
                if (!parsed.GetValue(watch))
                {
                    await surroundings.WriteAsync(options.IsJson(parsed), status);
                    return (int)ExitCode.Pass;
                }

                // One JSON document at the end; each change in lines as it comes.
                await surroundings.Error.WriteLineAsync(CanaryView.Sentence(status));
                status = await CanaryWaiting.UntilEndAsync(
                    source,
                    status,
                    s => surroundings.Error.WriteLineAsync(CanaryView.Sentence(s)),
                    surroundings.Time,
                    cancellationToken
                );
                await surroundings.WriteAsync(options.IsJson(parsed), status);
                return (int)CanaryView.CodeOf(status);
            }
        );
        return command;
    }

    private static async Task<int> ListAsync(CommandSurroundings surroundings, CanaryHub source, bool json, CancellationToken cancellationToken)
    {
        var list = await source.ListAsync(cancellationToken);
        await (
            json ? JsonOutput.WriteAsync(surroundings.Out, list) : surroundings.Out.WriteLineAsync(string.Join(Environment.NewLine, CanaryView.Lines(list)))
        );
        return (int)ExitCode.Pass;
    }
}
