using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Assay.Cli.Rehearsing;

/// <summary>A program of a stage: it runs until the stage is taken down, and takes all that it started with it.</summary>
internal sealed class StageProcess : IAsyncDisposable
{
    // What it says until it is ready; nobody reads the rest.
    private const int MostSaid = 64 << 10;
    private const int MostErrors = 4 << 10;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    // What the person's own services are set to is none of a stage's.
    private static readonly string[] Foreign = ["ASSAY", "OTEL_", "ASPNETCORE_", "KESTREL", "URLS", "LOGGING__", "RAGSERVICE__", "SAMPLE", "FAULTS__"];

    private readonly Process process;
    private readonly string name;
    private readonly TimeProvider time;
    private readonly StringBuilder said = new();
    private readonly StringBuilder errors = new();
    private readonly Lock gate = new();
    private readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<string, bool> isReady;

    private StageProcess(Process process, string name, Func<string, bool> isReady, TimeProvider time)
    {
        (this.process, this.name, this.isReady, this.time) = (process, name, isReady, time);
        process.OutputDataReceived += (_, line) => Say(line.Data);
        process.ErrorDataReceived += (_, line) => Complain(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it said until it was ready.</summary>
    public string Said => ready.Task.IsCompletedSuccessfully ? ready.Task.Result : "";

    /// <summary>Starts a program and waits until what it says means that it is ready.</summary>
    /// <param name="name">What it is, for errors: <c>hub</c>.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The folder in which it runs.</param>
    /// <param name="variables">Environment variables beside those of this process.</param>
    /// <param name="isReady">Whether what it said so far means that it is ready.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting and the program.</param>
    /// <exception cref="AssayException">It cannot be started, or ended before it was ready (exit code 4).</exception>
    public static async Task<StageProcess> StartAsync(
        string name,
        ProgramStart program,
        IReadOnlyList<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string> variables,
        Func<string, bool> isReady,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var started = new StageProcess(Start(name, StartInfo(program, arguments, folder, variables)), name, isReady, time);
        try
        {
            await started.ready.Task.WaitAsync(StartLimit, time, cancellationToken);
            return started;
        }
        catch (TimeoutException e)
        {
            await started.DisposeAsync();
            throw started.Failed("is not ready after two minutes", e);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>That it still runs.</summary>
    /// <exception cref="AssayException">It has ended (exit code 4).</exception>
    public void DemandRunning()
    {
        if (process.HasExited)
        {
            throw Failed($"ended by itself with exit code {process.ExitCode}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.Kill(entireProcessTree: true);
            using var limit = new CancellationTokenSource(EndLimit, time);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException or OperationCanceledException)
        {
            // It has ended already, or the system is still about it: nobody waits longer.
        }

        process.Dispose();
    }

    private static Process Start(string name, ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw AssayException.Infrastructure(
                $"The {name} cannot be started: {e.Message}.",
                $"Check that '{start.FileName}' is a program that may be executed.",
                e
            );
        }
    }

    private static ProcessStartInfo StartInfo(
        ProgramStart program,
        IReadOnlyList<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string> variables
    )
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(program.File, [.. program.First, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var key in start.Environment.Keys.Where(k => Foreign.Any(f => k.StartsWith(f, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            start.Environment.Remove(key);
        }

        foreach (var (key, value) in variables)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    private void Say(string? line)
    {
        lock (gate)
        {
            if (ready.Task.IsCompleted)
            {
                return;
            }

            if (line is null)
            {
                _ = EndAsync();
                return;
            }

            if (said.Length + line.Length > MostSaid)
            {
                ready.TrySetException(Failed("says more than it should"));
                return;
            }

            said.Append(line).Append('\n');
            if (isReady(said.ToString()))
            {
                ready.TrySetResult(said.ToString());
            }
        }
    }

    // Its last words may still be on their way.
    private async Task EndAsync()
    {
        await process.WaitForExitAsync();
        ready.TrySetException(Failed("ended before it was ready"));
    }

    // The last words are those that say why.
    private void Complain(string? line)
    {
        lock (gate)
        {
            errors.Append(line).Append('\n');
            if (errors.Length > 2 * MostErrors)
            {
                errors.Remove(0, errors.Length - MostErrors);
            }
        }
    }

    private AssayException Failed(string what, Exception? cause = null)
    {
        string words;
        lock (gate)
        {
            words = (errors.ToString().Trim() is { Length: > 0 } complained ? complained : said.ToString().Trim()).ReplaceLineEndings(" ");
        }

        return AssayException.Infrastructure(
            $"The {name} of the rehearsal {what}{(words.Length == 0 ? "." : $": {words[..Math.Min(words.Length, 600)]}")}",
            "Correct what it says; with --keep its folder stays to be looked at.",
            cause
        );
    }
}
