using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Assay.Rag.Gpu;

/// <summary>How a foreign program ended.</summary>
internal enum ProcessEnding
{
    Exited,
    NotFound,
    NotStarted,
    TimedOut,
    TooMuchOutput,
}

/// <summary>What a foreign program said. <paramref name="Error"/> holds the reason when it could not be started.</summary>
internal sealed record ProcessAnswer(ProcessEnding Ending, int ExitCode = -1, string Output = "", string Error = "");

/// <summary>Runs a program to its end within a bound of time and of output; past either it is killed with all that it started.</summary>
internal static class BoundedProcess
{
    /// <summary>Bytes read from either stream before the program is taken for a runaway.</summary>
    public const int MaxOutputBytes = 64 << 10;

    // A process in an uninterruptible driver call does not die even of SIGKILL; nobody waits longer than this for it.
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(1);

    // ENOENT; ERROR_FILE_NOT_FOUND has the same number.
    private const int NotFoundError = 2;

    public static async Task<ProcessAnswer> RunAsync(
        string path,
        IEnumerable<string> arguments,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var process = new Process { StartInfo = StartInfo(path, arguments) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new ProcessAnswer(e.NativeErrorCode == NotFoundError ? ProcessEnding.NotFound : ProcessEnding.NotStarted, Error: e.Message);
        }

        return await ReadToEndAsync(process, limit, time, cancellationToken);
    }

    private static async Task<ProcessAnswer> ReadToEndAsync(Process process, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            process.StandardInput.Close();
            var answer = await AnswerAsync(process, either.Token);
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

    private static async Task<ProcessAnswer> AnswerAsync(Process process, CancellationToken cancellationToken)
    {
        // Both pipes are drained at once: a program that fills one while we read the other would wait for ever.
        var output = ReadAsync(process.StandardOutput.BaseStream, cancellationToken);
        var error = ReadAsync(process.StandardError.BaseStream, cancellationToken);
        // The first stream past its bound ends the reading; a runaway never closes the other one.
        var first = await Task.WhenAny(output, error).WaitAsync(cancellationToken);
        if (await first is null || (await Task.WhenAll(output, error).WaitAsync(cancellationToken)).Contains(null))
            return new ProcessAnswer(ProcessEnding.TooMuchOutput);
        await process.WaitForExitAsync(cancellationToken);
        return new ProcessAnswer(ProcessEnding.Exited, process.ExitCode, (await output)!, (await error)!);
    }

    /// <summary>The whole stream as UTF-8, or null when it is longer than <see cref="MaxOutputBytes"/>.</summary>
    private static async Task<string?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxOutputBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaxOutputBytes ? null : Encoding.UTF8.GetString(buffer, 0, length);
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

    private static ProcessStartInfo StartInfo(string path, IEnumerable<string> arguments) =>
        new(path, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
}
