using Assay.Processes;

namespace Assay.Rag.Gpu;

/// <summary>
/// Asks nvidia-smi for the memory of every device. A reading never throws for what a machine may lack: it says <c>unavailable</c> with a reason.
/// Safe for use by several threads.
/// </summary>
/// <param name="executable">A path, or a name that is looked up on PATH alone: a program in the folder of the documents is never run.</param>
/// <param name="timeout">The longest one reading may take; the default is 5 s: without a driver kept awake a reading takes seconds. The program and its children are killed past it.</param>
/// <param name="time">The clock; the default is the system's.</param>
internal sealed class GpuProbe(string executable = "nvidia-smi", TimeSpan? timeout = null, TimeProvider? time = null)
{
    private const int MaxOutputBytes = 64 << 10;
    private static readonly string[] Arguments = [$"--query-gpu={NvidiaSmiCsv.Fields}", "--format=csv,noheader,nounits"];

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly TimeSpan _timeout = timeout ?? TimeSpan.FromSeconds(5);
    private readonly string _name = Path.GetFileName(executable);
    private volatile bool _missing;

    /// <summary>One reading. Once the executable was found missing, later readings cost nothing and start nothing.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the program was killed.</exception>
    public async Task<GpuReading> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_missing || Find(executable) is not { } path)
            return Missing();
        var answer = await BoundedProcess.RunAsync(new ProcessCall(path, Arguments, _timeout) { MaxOutputBytes = MaxOutputBytes }, _time, cancellationToken);
        return answer.Ending == ProcessEnding.NotFound ? Missing() : Understand(answer, _time.GetUtcNow());
    }

    private GpuReading Missing()
    {
        _missing = true;
        return GpuReading.Unavailable(GpuReading.NoGpu);
    }

    private GpuReading Understand(ProcessAnswer answer, DateTimeOffset at) =>
        answer switch
        {
            { Ending: ProcessEnding.TimedOut } => GpuReading.Unavailable($"{_name} timed out after {_timeout.TotalSeconds:0.###} s"),
            { Ending: ProcessEnding.TooMuchOutput } => GpuReading.Unavailable($"{_name} printed more than {MaxOutputBytes >> 10} KiB"),
            { Ending: ProcessEnding.NotStarted } => GpuReading.Unavailable($"{_name} could not be started: {OneLine.Of(answer.Error)}"),
            { ExitCode: 0 } => NvidiaSmiCsv.Parse(answer.Output, at),
            // Some driver versions say "No devices were found" with exit code 6, some with 0.
            _ when NvidiaSmiCsv.SaysNone(OneLine.Of(answer.Output)) => GpuReading.Unavailable(GpuReading.NoGpu),
            _ => GpuReading.Unavailable($"{_name} failed (exit {answer.ExitCode}){Because(answer)}"),
        };

    // Driver versions differ in the stream on which they complain.
    private static string Because(ProcessAnswer answer)
    {
        var line = OneLine.Of(answer.Error) is { Length: > 0 } error ? error : OneLine.Of(answer.Output);
        return line.Length > 0 ? $": {line}" : "";
    }

    private static string? Find(string executable)
    {
        if (Path.GetFileName(executable) != executable)
            return File.Exists(executable) ? executable : null;
        var file = OperatingSystem.IsWindows() && !Path.HasExtension(executable) ? executable + ".exe" : executable;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
