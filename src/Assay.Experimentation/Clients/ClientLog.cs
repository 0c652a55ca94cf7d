using Microsoft.Extensions.Logging;

namespace Assay.Experimentation.Clients;

/// <summary>What a service logs about flags and experiments. No unit is in it.</summary>
internal static partial class ClientLog
{
    /// <summary>The category of its records.</summary>
    public const string Category = "Assay.experimentation";

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Flags and experiments are those of snapshot {Version} from {Origin}")]
    public static partial void Applied(this ILogger log, string version, SnapshotOrigin origin);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "The hub at {Hub} cannot be followed: {Problem}. Flags stay as they are; it is asked again"
    )]
    public static partial void HubLost(this ILogger log, Uri hub, string problem);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "The hub at {Hub} is followed: changes of flags arrive at once")]
    public static partial void HubFound(this ILogger log, Uri hub);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "A snapshot from {Origin} cannot be used: {Problem}. Flags stay as they are")]
    public static partial void Malformed(this ILogger log, SnapshotOrigin origin, string problem);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "The snapshot could not be kept for the next start: {Problem}")]
    public static partial void NotKept(this ILogger log, string problem);

    [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "{Count} exposures and outcomes were lost since this was last told: {Reason}")]
    public static partial void Lost(this ILogger log, long count, string reason);

    [LoggerMessage(
        EventId = 7,
        Level = LogLevel.Warning,
        Message = "The hub at {Hub} does not take exposures and outcomes: {Problem}. They wait; it is asked again"
    )]
    public static partial void NotTaken(this ILogger log, Uri hub, string problem);
}
