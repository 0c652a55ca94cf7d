using System.Globalization;

namespace Assay.Rag.Gpu;

/// <summary>Reads what <c>nvidia-smi --format=csv,noheader,nounits</c> prints for <see cref="Fields"/>.</summary>
internal static class NvidiaSmiCsv
{
    public const string Fields = "index,name,memory.used,memory.total,utilization.gpu";

    /// <summary>Faults kept of one reading; a driver that prints rubbish prints the same rubbish again.</summary>
    public const int FaultsKept = 16;

    // nvidia-smi prints memory in MiB when units are left out (man nvidia-smi, "memory.used").
    private const long BytesPerMiB = 1 << 20;

    // A petabyte of device memory is a misread line, not a device.
    private const double MostMiB = 1 << 30;

    /// <summary>Parses the whole output. A line that cannot be used becomes a fault; it never becomes a zero.</summary>
    public static GpuReading Parse(string output, DateTimeOffset at)
    {
        var devices = new List<GpuSnapshot>();
        var faults = new List<string>();
        var hasDevice = false;
        foreach (var line in output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (SaysNone(line))
                continue;
            var row = Row(line, at);
            hasDevice |= row.IsDevice;
            if (row.Snapshot is { } snapshot && devices.TrueForAll(d => d.Device != snapshot.Device))
                devices.Add(snapshot);
            else if (faults.Count < FaultsKept)
                faults.Add(row.Fault ?? $"device {row.Snapshot!.Device} is listed twice");
        }

        return new GpuReading(devices, faults, hasDevice, Reason(devices, faults));
    }

    /// <summary>True for the sentence that nvidia-smi prints when the driver runs but has no device.</summary>
    public static bool SaysNone(string line) => line.StartsWith("No devices were found", StringComparison.OrdinalIgnoreCase);

    private static string? Reason(List<GpuSnapshot> devices, List<string> faults) =>
        devices.Count > 0 ? null
        : faults.Count > 0 ? $"nvidia-smi gave no memory figure: {faults[0]}"
        : GpuReading.NoGpu;

    private static CsvRow Row(string line, DateTimeOffset at)
    {
        // The name stands in the middle and is free text, so the figures are counted from the right.
        var cells = line.Split(',', StringSplitOptions.TrimEntries);
        if (cells.Length < 5 || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var device))
            return new CsvRow(IsDevice: false, null, $"unreadable line '{OneLine.Of(line)}'");

        var name = OneLine.Of(string.Join(", ", cells[1..^3]));
        if (Figure(cells[^3], MostMiB) is not { } used)
            return Unknown(device, name, "memory.used", cells[^3]);
        if (Figure(cells[^2], MostMiB) is not { } total)
            return Unknown(device, name, "memory.total", cells[^2]);
        return new CsvRow(true, new GpuSnapshot(device, name, Bytes(used), Bytes(total), Figure(cells[^1], 100), at), null);
    }

    private static CsvRow Unknown(int device, string name, string field, string cell) =>
        new(IsDevice: true, null, $"device {device} ({name}): {field} is '{OneLine.Of(cell)}'");

    private static double? Figure(string cell, double most) =>
        double.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= most ? value : null;

    private static long Bytes(double mebibytes) => (long)Math.Round(mebibytes * BytesPerMiB);

    private sealed record CsvRow(bool IsDevice, GpuSnapshot? Snapshot, string? Fault);
}
