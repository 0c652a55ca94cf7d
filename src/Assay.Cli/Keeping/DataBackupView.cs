using Assay.Cli.Showing;
using Assay.Embedded.Safety;

namespace Assay.Cli.Keeping;

/// <summary>A backup that was made, for a terminal.</summary>
internal static class DataBackupView
{
    public static Task WriteAsync(TextWriter output, DataBackupReport report) =>
        output.WriteLineAsync(string.Join('\n', [$"Backed up into {report.File}, {Amount.Of(report.Bytes, "bytes")}.", "", .. Files(report.Manifest)]));

    /// <summary>What lies in a backup.</summary>
    public static IEnumerable<string> Files(BackupManifest manifest) =>
        manifest.Files.Select(file => $"{file.Name}  {Amount.Of(file.Bytes, "bytes")}, tables of version {manifest.SchemaVersion}\n    SHA-256 {file.Sha256}");
}
