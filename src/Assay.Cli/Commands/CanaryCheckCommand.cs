using System.CommandLine;
using Assay.Cli.Canarying;

namespace Assay.Cli.Commands;

/// <summary><c>assay canary check</c>: one look now.</summary>
internal static class CanaryCheckCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var release = CanaryOptions.Release();
        var options = new CanaryOptions();
        var command = new ExampleCommand(
            "check",
            """
            Look at a canary now, decide and carry out, as the hub does at every look. Exit code 0 when the step is proven or the canary promoted, 1 when it is rolled
            back, 3 when it is held.
            """,
            """
            assay canary check rag_plus_plus
            assay canary check rag_plus_plus --json
            """
        )
        {
            release,
        };
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var source = CanaryHub.Open(options.Choice(parsed), surroundings);
                var status = await source.LookAsync(parsed.GetValue(release)!, cancellationToken);
                await surroundings.WriteAsync(options.IsJson(parsed), status);
                return (int)CanaryView.CodeOf(status);
            }
        );
        return command;
    }
}
