using Assay.Experimentation.Analysis;

namespace Assay.Experimentation.Reports;

/// <summary>The report for people: one file, no script, nothing fetched.</summary>
internal static class ExperimentHtml
{
    public static string Text(ExperimentReport report, string toolVersion) => report.Experiment + toolVersion;
}
