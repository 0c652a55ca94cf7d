using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;

namespace Assay.Evaluation.Reports;

/// <summary>The reports of a run. Each reads the cases once, as they come, and writes UTF-8 without a byte order mark.</summary>
public static class RunReport
{
    /// <summary>For machines: every number and every case; the same bytes for the same answers, outside <c>timings</c>.</summary>
    /// <param name="to">Where to write.</param>
    /// <param name="verdict">What the run came to.</param>
    /// <param name="outcomes">The cases of the run (<c>RunRecord.Outcomes()</c>).</param>
    public static void Json(Stream to, RunVerdict verdict, IEnumerable<CaseOutcome> outcomes) => JsonReport.Write(to, verdict, outcomes);

    /// <summary>For a pull request: verdict, gates, what would decide, the worst cases.</summary>
    /// <param name="to">Where to write.</param>
    /// <param name="verdict">What the run came to.</param>
    /// <param name="outcomes">The cases of the run.</param>
    public static void Markdown(Stream to, RunVerdict verdict, IEnumerable<CaseOutcome> outcomes) => new MarkdownReport(verdict).Write(to, outcomes);
}
