using System.ComponentModel;
using System.Diagnostics;

namespace Assay.Tests.Observability.Slos;

/// <summary>A real promtool.</summary>
internal static class Promtool
{
    /// <summary>Runs it and fails with its words when it does.</summary>
    public static async Task AcceptsAsync(string folder, params string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var promtool = Start(folder, arguments);
        var output = promtool.StandardOutput.ReadToEndAsync(cancel);
        var error = await promtool.StandardError.ReadToEndAsync(cancel);
        await promtool.WaitForExitAsync(cancel);
        promtool.ExitCode.ShouldBe(0, error + await output);
    }

    private static Process Start(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("promtool", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // It keeps 60 MB and collects them again and again: a fifth less work with twice as much memory.
        start.Environment["GOGC"] = "400";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("ASSAY_REQUIRE_DATA") != "1")
        {
            Assert.Skip("promtool is not installed (Debian package prometheus); set ASSAY_REQUIRE_DATA=1 to make this a failure.");
            throw;
        }
    }
}
