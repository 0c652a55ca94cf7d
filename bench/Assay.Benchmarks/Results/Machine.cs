using System.Runtime.InteropServices;

namespace Assay.Benchmarks.Results;

/// <summary>What the figures were measured on.</summary>
/// <param name="Cpu">Model name.</param>
/// <param name="Cores">Logical processors that the process may use.</param>
/// <param name="MemoryGb">Memory in GiB.</param>
/// <param name="System">Operating system.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="Load">The load average of the last minute before the run; 0 is a quiet machine, null where the system does not say.</param>
internal sealed record Machine(string Cpu, int Cores, double MemoryGb, string System, string Runtime, double? Load)
{
    public static Machine Read() =>
        new(
            Line("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString(),
            Environment.ProcessorCount,
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0, 1),
            Line("/etc/os-release", "PRETTY_NAME", '=') ?? RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0]) : null
        );

    private static string? Line(string path, string key, char separator) =>
        File.Exists(path) ? File.ReadLines(path).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))?.Split(separator, 2)[1].Trim(' ', '"') : null;
}
