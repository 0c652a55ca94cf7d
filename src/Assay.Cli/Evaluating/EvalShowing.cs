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
    // Each report reads the cases for itself; up to so many are read from the file only once. A case is some 10 kB.
    private const int MostKept = 1_000;

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
        var cases = record.Done <= MostKept ? [.. record.Outcomes()] : record.Outcomes();
        Write([folder.File("report.json"), files.Json], verdict, cases, RunReport.Json);
        Write([folder.File("report.md"), files.Markdown], verdict, cases, RunReport.Markdown);
        Write([folder.File("report.html"), files.Html], verdict, cases, RunReport.Html);
        Write([files.JUnit], verdict, cases, RunReport.JUnit);
    }

    private static void Write(
        IEnumerable<string?> paths,
        RunVerdict verdict,
        IEnumerable<CaseOutcome> cases,
        Action<Stream, RunVerdict, IEnumerable<CaseOutcome>> report
    )
    {
        foreach (var path in paths.OfType<string>())
        {
            AtomicFile.Write(path, stream => report(stream, verdict, cases));
        }
    }
}
