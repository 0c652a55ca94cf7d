using Assay.Cli.Showing;
using Assay.Embedded.Safety;

namespace Assay.Cli.Keeping;

/// <summary>A backup that was made, for a terminal.</summary>
internal static class DataBackupView
{
    public static Task WriteAsync(TextWriter output, DataBackupReport report) =>
        output.WriteLineAsync(string.Join('\n', [$"Backed up into {report.File}, {Amount.Of(report.Bytes, "bytes")}.", "", .. Files(report.Manifest)]));

    /// <summary>What lies in a backup.</summary>
    public static IEnumerable<string> Files(BackupManifest manifest)
    {
        var database = manifest.Files[0];
        yield return $"{database.Name}  {Amount.Of(database.Bytes, "bytes")}, tables of version {manifest.SchemaVersion}\n    SHA-256 {database.Sha256}";
        if (manifest.Files.Count > 1)
        {
            yield return $"objects   {Amount.Of(manifest.Files.Skip(1).Sum(file => file.Bytes), "bytes")} in {Files(manifest.Files.Count - 1)}, each with its SHA-256 in manifest.json";
        }
    }

    private static string Files(int count) => count == 1 ? "1 file" : FormattableString.Invariant($"{count:#,0} files");
}
