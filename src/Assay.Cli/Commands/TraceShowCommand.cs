using System.CommandLine;
using Assay.Cli.Showing;
using Assay.Cli.Tracing;

namespace Assay.Cli.Commands;

/// <summary><c>assay trace show</c>: one trace as a waterfall.</summary>
internal static class TraceShowCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var id = new Argument<string>("id") { Description = "The trace's id, 32 hex digits.", HelpName = "ID" };
        var choice = new HubChoiceOptions();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "show",
            "Show a trace as a waterfall: spans with durations, failures, events, scores, logs and cost.",
            """
            assay trace show 4bf92f3577b34da6a3ce929d0e0e4736
            assay trace show 4bf92f3577b34da6a3ce929d0e0e4736 --json
            """
        )
        {
            id,
        };
        choice.AddTo(command);
        command.Options.Add(json);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var source = await TraceSource.OpenAsync(choice.Read(parsed), surroundings, cancellationToken);
                var trace = await source.FindAsync(parsed.GetValue(id)!, cancellationToken);
                if (parsed.GetValue(json))
                {
                    await JsonOutput.WriteAsync(surroundings.Out, trace);
                    return (int)ExitCode.Pass;
                }

                foreach (var line in TraceView.Lines(trace))
                {
                    await surroundings.Out.WriteLineAsync(line);
                }

                return (int)ExitCode.Pass;
            }
        );
        return command;
    }
}
