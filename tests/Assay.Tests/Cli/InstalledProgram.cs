using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Assay.Tests.Cli;

/// <summary>A program of the machine that a test needs: skipped without it, failed without it where <c>ASSAY_REQUIRE_DATA=1</c>.</summary>
internal static class InstalledProgram
{
    public static Process Start(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception) when (Environment.GetEnvironmentVariable("ASSAY_REQUIRE_DATA") != "1")
        {
            Assert.Skip($"{name} is not installed; set ASSAY_REQUIRE_DATA=1 to make this a failure.");
            throw;
        }
    }

    /// <summary>A port that nobody listened on a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
