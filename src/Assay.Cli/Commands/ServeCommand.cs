using System.CommandLine;
using Assay.Cli.Hubs;
using Assay.Cli.Showing;
using Assay.Server.Hosting;

namespace Assay.Cli.Commands;

/// <summary><c>assay serve</c>: the hub, until it is stopped.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new HubOptionSet();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            Name,
            "Run the hub: take telemetry in over OTLP, keep it, and show traces, costs, quality and SLOs. Ctrl+C stops it; a second one ends it at once.",
            """
            assay serve
            assay serve --data /var/lib/assay --catalog catalog
            assay serve --host 0.0.0.0 --certificate hub.pem --certificate-key hub.key --allow-host assay.example.org
            """
        );
        command.StopLimit = ExampleCommand.LongStop;
        options.AddTo(command);
        command.Options.Add(json);
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(options.Read(parsed, surroundings.Environment), parsed.GetValue(json), surroundings, cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(HubOptions options, bool asJson, CommandSurroundings surroundings, CancellationToken cancellationToken)
    {
        var started = surroundings.Time.GetTimestamp();
        await using (var hub = await Hub.StartAsync(options, surroundings.Time, cancellationToken))
        {
            var ready = ServedHub.Of(hub, options, surroundings.Time.GetElapsedTime(started));
            await (asJson ? JsonOutput.WriteAsync(surroundings.Out, ready) : ServedHubView.WriteAsync(surroundings.Out, ready));
            await surroundings.Out.FlushAsync(cancellationToken);
            await WaitAsync(cancellationToken);
            await surroundings.Error.WriteLineAsync("stopping: taking in what was begun ...");
        }

        await surroundings.Error.WriteLineAsync("stopped.");
        return (int)ExitCode.Pass;
    }

    private static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }
}
