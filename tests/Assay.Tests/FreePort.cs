using System.Net;
using System.Net.Sockets;

namespace Assay.Tests;

/// <summary>
/// A port for somebody who must be told one, or comes back on it. The system hands out ports from 32768 (Linux) or 49152 (others); these lie below, so that
/// no server and no connection of another test gets one before it is used.
/// </summary>
internal static class FreePort
{
    private const int First = 12_000;
    private const int Count = 18_000;

    // Processes of tests that run at the same time begin in different places.
    private static int asked = Environment.ProcessId * 61;

    /// <summary>One that nobody listens on, another each time.</summary>
    public static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref asked) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("Every port is taken.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
