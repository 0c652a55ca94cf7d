using System.Diagnostics;

namespace Assay.Tests.Tidy;

/// <summary>The linter of GitHub workflows, a WebAssembly build from npm; it is brought once and downloads nothing when it runs.</summary>
internal static class WorkflowLint
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Tidy", "Workflows");

    /// <summary>What is wrong with these files, one line each.</summary>
    public static async Task<string[]> CheckAsync(params IEnumerable<string> paths)
    {
        // npm leaves a copy of the lock file in the folder that it filled.
        var filled = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (!filled.Exists || filled.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        }

        var said = await RunAsync("node", ["lint.mjs", .. paths]);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static async Task<string> RunAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(command == "npm" ? Patience.OfDownloads : Patience.Longest);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start: install Node.js 20 or later.");
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, await errors);
        return await output;
    }
}
