using System.Data.Common;
using System.Net.Sockets;
using System.Text.Json;
using Assay.Stores;

namespace Assay.Releases.Canaries;

/// <summary>Which exceptions the surroundings throw: those are retried or told, everything else is a fault of the program and goes up.</summary>
internal static class Faults
{
    public static bool IsOfSurroundings(Exception exception, CancellationToken cancellationToken) =>
        exception
            is AssayException
                or StoreBusyException
                or DbException
                or IOException
                or UnauthorizedAccessException
                or HttpRequestException
                or SocketException
                or JsonException
                or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
