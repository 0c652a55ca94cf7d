using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Assay.Processes;

/// <summary>How a foreign program ended.</summary>
public enum ProcessEnding
{
    /// <summary>By itself; its exit code says how.</summary>
    Exited,

    /// <summary>It never began: there is no such program.</summary>
    NotFound,

    /// <summary>It never began, for another reason.</summary>
    NotStarted,

    /// <summary>It was killed when its time was over.</summary>
    TimedOut,

    /// <summary>It was killed for writing more than it may.</summary>
    TooMuchOutput,
}

/// <summary>What a foreign program said.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="ExitCode">Its exit code; -1 when it has none.</param>
/// <param name="Output">Its standard output, read as UTF-8.</param>
/// <param name="Error">Its standard error; the reason when it could not be started.</param>
public sealed record ProcessAnswer(ProcessEnding Ending, int ExitCode = -1, string Output = "", string Error = "");

/// <summary>Runs a program to its end within a bound of time and of output; past either it is killed with all that it started.</summary>
public static class BoundedProcess
{
    private const int ReadBytes = 16 << 10;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // A process in an uninterruptible driver call does not die even of SIGKILL; nobody waits longer than this for it.
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(1);

    // ENOENT; ERROR_FILE_NOT_FOUND has the same number.
    private const int NotFoundError = 2;

    /// <summary>Runs a program.</summary>
    /// <param name="call">The program, its arguments and its bounds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    public static async Task<ProcessAnswer> RunAsync(ProcessCall call, TimeProvider time, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(call) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new ProcessAnswer(e.NativeErrorCode == NotFoundError ? ProcessEnding.NotFound : ProcessEnding.NotStarted, Error: e.Message);
        }

        return await ReadToEndAsync(process, call, time, cancellationToken);
    }

    private static async Task<ProcessAnswer> ReadToEndAsync(Process process, ProcessCall call, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(call.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            var answer = await AnswerAsync(process, call, either.Token);
            if (answer.Ending != ProcessEnding.Exited)
                await KillAsync(process, time);
            return answer;
        }
        catch (OperationCanceledException)
        {
            await KillAsync(process, time);
            cancellationToken.ThrowIfCancellationRequested();
            return new ProcessAnswer(ProcessEnding.TimedOut);
        }
    }

    private static async Task<ProcessAnswer> AnswerAsync(Process process, ProcessCall call, CancellationToken cancellationToken)
    {
        // All pipes move at once: a program that fills one while another is waited for would wait for ever.
        var output = ReadAsync(process.StandardOutput.BaseStream, call.MaxOutputBytes, cancellationToken);
        var error = ReadAsync(process.StandardError.BaseStream, call.MaxOutputBytes, cancellationToken);
        await WriteAsync(process, call.Input, cancellationToken);
        // The first stream past its bound ends the reading; a runaway never closes the other one.
        var first = await Task.WhenAny(output, error).WaitAsync(cancellationToken);
        if (await first is null || (await Task.WhenAll(output, error).WaitAsync(cancellationToken)).Contains(null))
            return new ProcessAnswer(ProcessEnding.TooMuchOutput);
        await process.WaitForExitAsync(cancellationToken);
        return new ProcessAnswer(ProcessEnding.Exited, process.ExitCode, (await output)!, (await error)!);
    }

    private static async Task WriteAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program did not want to read all of it; what it answered counts.
        }
    }

    /// <summary>The whole stream as UTF-8, or null when it is longer than it may be.</summary>
    private static async Task<string?> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReadBytes];
        using var all = new MemoryStream();
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0; )
        {
            all.Write(buffer, 0, read);
            if (all.Length > most)
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length);
    }

    private static async Task KillAsync(Process process, TimeProvider time)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            using var bound = new CancellationTokenSource(LastWait, time);
            await process.WaitForExitAsync(bound.Token);
        }
        catch (Exception e) when (e is Win32Exception or AggregateException or InvalidOperationException or OperationCanceledException)
        {
            // Already gone, or stuck in the driver: the answer is "timed out" either way, and the wait for it stays bounded.
        }
    }

    private static ProcessStartInfo StartInfo(ProcessCall call) =>
        new(call.Path, call.Arguments)
        {
            StandardInputEncoding = Utf8,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
}
