using Assay.Rag;
using Assay.Rag.Settings;
using Assay.Telemetry;

namespace Assay.Cli.Observing;

/// <summary>What the commands of the pipeline observe.</summary>
internal static class ObservedRag
{
    /// <summary>Starts the telemetry; a disabled stage has no series.</summary>
    public static Task<ObservedCommand> StartAsync(ObservingRequest request, ResolvedSettings settings, string? output, CommandSurroundings surroundings) =>
        ObservedCommand.StartAsync(request, labels => !labels.TryGetValue("stage", out var stage) || settings.IsOn(stage), output, surroundings);

    /// <summary>The pipeline's instruments; to be disposed before the command's telemetry.</summary>
    public static RagTelemetry NewRagTelemetry(this ObservedCommand observed) => new(TelemetryRegistry.Default, observed.Time, observed.Loggers);
}
