using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Assay.Benchmarks.Evaluating;

/// <summary>What a command took from its start to its end.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="WallSeconds">Wall time.</param>
/// <param name="CpuSeconds">Time of processors, children that it waited for included.</param>
/// <param name="PeakMb">The most memory that it held, as the kernel counts it.</param>
/// <param name="Output">What it wrote, errors last.</param>
internal sealed record CommandCost(int ExitCode, double WallSeconds, double CpuSeconds, double PeakMb, string Output);

/// <summary>Runs commands and measures them.</summary>
internal static partial class CommandRun
{
    // getrusage(2): children that ended and were waited for.
    private const int Children = -1;

    public static ProcessStartInfo Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<CommandCost> MeasureAsync(ProcessStartInfo start)
    {
        var cpu = CpuOfChildren();
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        using var ended = new CancellationTokenSource();
        var peak = Task.Run(() => Watch(process.Id, ended.Token));
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await ended.CancelAsync();
        return new CommandCost(process.ExitCode, wall, CpuOfChildren() - cpu, await peak / 1e6, await output + await error);
    }

    /// <summary>VmHWM of proc(5) is a high-water mark: looking now and then misses nothing but the last moments.</summary>
    private static long Watch(int id, CancellationToken cancellationToken)
    {
        long peak = 0;
        do
        {
            peak = Math.Max(peak, PeakOf(id));
        } while (!cancellationToken.WaitHandle.WaitOne(5));

        return peak;
    }

    private static long PeakOf(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static double CpuOfChildren()
    {
        // Two times of two longs each, then fourteen longs: getrusage(2).
        Span<long> usage = stackalloc long[18];
        return GetUsage(Children, usage) == 0
            ? usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6)
            : throw AssayException.Infrastructure("getrusage failed.", "This bench runs on 64-bit Linux.");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, Span<long> usage);
}
