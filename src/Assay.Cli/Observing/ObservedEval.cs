using Assay.Cli.Evaluating;
using Assay.Cli.Hubs;
using Assay.Evaluation.Running;
using Assay.Telemetry;

namespace Assay.Cli.Observing;

/// <summary>Runs a benchmark with its telemetry around it, and hands what came of it in.</summary>
internal static class ObservedEval
{
    /// <param name="request">How metrics are shown.</param>
    /// <param name="hub">Where the run is handed in.</param>
    /// <param name="surroundings">The command's world.</param>
    /// <param name="work">The run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<RunOutcome> RunAsync(
        ObservingRequest request,
        HubChoice hub,
        CommandSurroundings surroundings,
        Func<RunTelemetry, Task<RunOutcome>> work,
        CancellationToken cancellationToken
    )
    {
        await using var observed = await ObservedCommand.StartAsync(request, _ => true, output: null, surroundings);
        using var telemetry = new RunTelemetry(TelemetryRegistry.Default, surroundings.Time);
        var outcome = await Refusals.GuardAsync(() => work(telemetry));
        telemetry.Show(outcome.Summary);
        // A run that was stopped is handed in as far as it is; the one who stopped it does not wait for a second Ctrl+C.
        await RunDelivery.DeliverAsync(surroundings, hub, outcome, CancellationToken.None);
        await observed.FinishAsync(cancellationToken);
        return outcome;
    }
}
