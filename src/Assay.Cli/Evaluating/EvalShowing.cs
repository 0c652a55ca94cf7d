using Assay.Cli.Showing;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Reports;
using Assay.Evaluation.Running;
using Assay.Files;

namespace Assay.Cli.Evaluating;

/// <summary>Writes the reports of a run and says what it came to.</summary>
internal static class EvalShowing
{
    /// <returns>The exit code.</returns>
    public static async Task<int> ShowAsync(CommandSurroundings surroundings, RunOutcome outcome, ReportFiles files, bool json)
    {
        using (var record = RunRecord.Open(outcome.Folder.Journal))
        {
            Write(outcome, record, files);
        }

        await (json ? JsonOutput.WriteAsync(surroundings.Out, EvalDocument.Of(outcome)) : EvalView.WriteAsync(surroundings.Out, outcome));
        await EvalNotes.EndAsync(surroundings, outcome);
        return (int)outcome.ExitCode;
    }

    private static void Write(RunOutcome outcome, RunRecord record, ReportFiles files)
    {
        var (folder, verdict) = (outcome.Folder, outcome.Verdict);
        Write([folder.File("report.json"), files.Json], verdict, record, RunReport.Json);
        Write([folder.File("report.md"), files.Markdown], verdict, record, RunReport.Markdown);
        Write([folder.File("report.html"), files.Html], verdict, record, RunReport.Html);
        Write([files.JUnit], verdict, record, RunReport.JUnit);
    }

    private static void Write(IEnumerable<string?> paths, RunVerdict verdict, RunRecord record, Action<Stream, RunVerdict, IEnumerable<CaseOutcome>> report)
    {
        foreach (var path in paths.OfType<string>())
        {
            AtomicFile.Write(path, stream => report(stream, verdict, record.Outcomes()));
        }
    }
}
