using System.Diagnostics;

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
}
