using System.CommandLine;
using Assay.Cli.Canarying;

namespace Assay.Cli.Commands;

/// <summary><c>assay canary promote</c>: the next step by hand.</summary>
internal static class CanaryPromoteCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var release = CanaryOptions.Release();
        var reason = CanaryOptions.Reason();
        var options = new CanaryOptions();
        var command = new ExampleCommand(
            "promote",
            """
            Go on to the next step because you say so. It waives the least time, the least requests and the proof; it is refused while a required metric is missing or broken and while
            the last step lacks approvals.
            """,
            "assay canary promote rag_plus_plus --reason \"traffic is low at night, figures looked at by hand\""
        )
        {
            release,
            reason,
        };
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var source = CanaryHub.Open(options.Choice(parsed), surroundings);
                var status = await source.OrderAsync(parsed.GetValue(release)!, "promote", parsed.GetValue(reason)!, cancellationToken);
                await surroundings.WriteAsync(options.IsJson(parsed), status);
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }
}
