using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Comparing;
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

    /// <summary>For CI systems: the gates as one suite, the cases as another; a failure is a verdict, an error is something that could not be decided or measured.</summary>
    /// <param name="to">Where to write.</param>
    /// <param name="verdict">What the run came to.</param>
    /// <param name="outcomes">The cases of the run.</param>
    public static void JUnit(Stream to, RunVerdict verdict, IEnumerable<CaseOutcome> outcomes) => JUnitReport.Write(to, verdict, outcomes);

    /// <summary>For people: one file without script, light and dark, with charts and the worst <see cref="MostCases"/> cases.</summary>
    /// <param name="to">Where to write.</param>
    /// <param name="verdict">What the run came to.</param>
    /// <param name="outcomes">The cases of the run.</param>
    public static void Html(Stream to, RunVerdict verdict, IEnumerable<CaseOutcome> outcomes) => new HtmlReport(verdict).Write(to, outcomes);

    /// <summary>Two runs for a pull request.</summary>
    /// <param name="to">Where to write.</param>
    /// <param name="comparison">The comparison.</param>
    public static void Markdown(Stream to, RunComparison comparison) => new ComparisonMarkdown(comparison).Write(to);

    /// <summary>The most cases that the HTML report shows; the rest is counted.</summary>
    public const int MostCases = 500;
}
