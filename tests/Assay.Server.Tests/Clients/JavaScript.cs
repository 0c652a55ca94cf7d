using System.Diagnostics;

namespace Assay.Server.Tests.Clients;

/// <summary>Runs programs of the folder <c>js</c> with Node.js; their packages come from npm once.</summary>
public sealed class JavaScript : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Clients", "js");

    public async ValueTask InitializeAsync()
    {
        // npm leaves a copy of the lock file in the folder that it filled.
        var filled = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (!filled.Exists || filled.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], []);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What a program wrote; it must end well.</summary>
    public Task<string> RunAsync(string program, string argument, params (string Name, string Value)[] environment) =>
        RunAsync("node", [program, argument], environment);

    private static async Task<string> RunAsync(string command, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start: install Node.js 20 or later.");
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, await errors);
        return (await output).Trim();
    }
}
