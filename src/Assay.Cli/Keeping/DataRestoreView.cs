using System.Globalization;
using Assay.Embedded.Safety;

namespace Assay.Cli.Keeping;

/// <summary>A backup that was put back, for a terminal.</summary>
internal static class DataRestoreView
{
    public static Task WriteAsync(TextWriter output, DataRestoreReport report) => output.WriteLineAsync(string.Join('\n', Lines(report)));

    private static IEnumerable<string> Lines(DataRestoreReport report)
    {
        var made = report.Manifest.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        yield return $"Restored {report.Database} from the backup of {made} UTC.";
        yield return "";
        foreach (var file in DataBackupView.Files(report.Manifest))
        {
            yield return file;
        }

        if (report.Before is not null)
        {
            yield return "";
            yield return $"What was there before: {report.Before}";
        }
    }
}
