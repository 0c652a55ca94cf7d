using Microsoft.Extensions.Logging;

namespace Assay.Tests.Observability.Logging;

internal static partial class Messages
{
    [LoggerMessage(EventId = 7, Level = LogLevel.Information, Message = "Stage {Stage} finished with {Model}")]
    public static partial void Finished(ILogger logger, string stage, string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signed in as {User} with {Password}")]
    public static partial void SignedIn(ILogger logger, string user, string password);
}
