using System.Text;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Reports;

namespace Assay.Cli.Experimenting;

/// <summary>Writes the files that were asked for beside what is printed.</summary>
internal static class ReportFiling
{
    private static readonly UTF8Encoding Plain = new(encoderShouldEmitUTF8Identifier: false);

    public static async Task WriteAsync(
        ExperimentReport report,
        string? html,
        string? evidence,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        if (html is not null)
        {
            await File.WriteAllTextAsync(html, ExperimentHtml.Text(report, CommandLine.Version), Plain, cancellationToken);
            await surroundings.Error.WriteLineAsync($"wrote {html}");
        }

        if (evidence is not null)
        {
            await File.WriteAllLinesAsync(
                evidence,
                ExperimentEvidence.Of(report, new Candidate(), CommandLine.Version).Select(e => e.ToJson()),
                Plain,
                cancellationToken
            );
            await surroundings.Error.WriteLineAsync($"wrote {evidence}");
        }
    }
}
