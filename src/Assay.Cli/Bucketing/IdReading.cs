using Assay.Cli.Reading;
using Assay.Cli.Showing;
using Assay.Experimentation.Assignment;

namespace Assay.Cli.Bucketing;

/// <summary>Reads ids into an audit and shows how far it is.</summary>
internal static class IdReading
{
    private const int IdsBetweenReports = 4096;

    public static async Task ReadAsync(string path, CommandSurroundings surroundings, BucketingAudit audit, CancellationToken cancellationToken)
    {
        using var source = CsvSource.Open(path, surroundings);
        if (!surroundings.IsTerminal)
        {
            Read(source, audit, _ => { }, cancellationToken);
            return;
        }

        await TerminalBars.ShowAsync(
            surroundings,
            clear: true,
            bars =>
            {
                var bar = bars.Add("ids", "bytes", source.Length ?? 1);
                bar.IsIndeterminate = source.Length is null;
                Read(source, audit, done => bar.Value = source.Length is null ? 0 : done, cancellationToken);
                return Task.FromResult(true);
            },
            cancellationToken
        );
    }

    private static void Read(CsvSource source, BucketingAudit audit, Action<long> report, CancellationToken cancellationToken)
    {
        var ids = 0L;
        foreach (var id in IdLines.Read(source.Bytes))
        {
            audit.Add(id);
            if (++ids % IdsBetweenReports == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                report(source.Length is null ? 0 : source.Bytes.Position);
            }
        }
    }
}
