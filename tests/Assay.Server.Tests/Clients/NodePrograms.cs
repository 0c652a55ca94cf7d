using System.Diagnostics;

namespace Assay.Server.Tests.Clients;

/// <summary>Programs of a folder for Node.js; their packages come from npm once.</summary>
/// <param name="folder">The folder beside the tests, which holds package.json and its lock file.</param>
internal sealed class NodePrograms(string folder)
{
    private readonly string folder = Path.Combine(AppContext.BaseDirectory, folder);

    public async Task InstallAsync()
    {
        // npm leaves a copy of the lock file in the folder that it filled.
        var filled = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (!filled.Exists || filled.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
        {
            await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], [], _ => Task.CompletedTask);
        }
    }

    /// <summary>What a program wrote; it must end well.</summary>
    public Task<string> RunAsync(string program, string argument, params (string Name, string Value)[] environment) =>
        RunAsync("node", [program, argument], environment, _ => Task.CompletedTask);

    /// <summary>The same, with something to do about each line that the program writes, while it runs.</summary>
    public Task<string> FollowAsync(string program, string argument, Func<string, Task> told, params (string Name, string Value)[] environment) =>
        RunAsync("node", [program, argument], environment, told);

    private async Task<string> RunAsync(string command, string[] arguments, (string Name, string Value)[] environment, Func<string, Task> told)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(command == "npm" ? Patience.OfDownloads : Patience.Longest);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start: install Node.js 20 or later.");
        await using var ending = limit.Token.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            lines.Add(line);
            await told(line);
        }

        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, await errors + string.Join('\n', lines));
        return string.Join('\n', lines).Trim();
    }
}
