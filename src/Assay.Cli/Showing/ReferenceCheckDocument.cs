using Assay.Statistics.Checking;

namespace Assay.Cli.Showing;

/// <summary>The JSON document of <c>assay stats check</c>.</summary>
internal sealed record ReferenceCheckDocument(string ToolVersion, string File, OutcomeCounts Counts, WorstCase? Worst, IReadOnlyList<CheckedCase> Cases)
{
    public static ReferenceCheckDocument Of(ReferenceReport report) =>
        new(CommandLine.Version, report.File, OutcomeCounts.Of(report), WorstCase.Of(report.Worst), report.Cases);
}

/// <summary>How many cases have which outcome.</summary>
internal sealed record OutcomeCounts(int Cases, int Ok, int Off, int Unknown, int Malformed)
{
    public static OutcomeCounts Of(ReferenceReport report) =>
        new(
            report.Cases.Count,
            report.Count(CaseOutcome.Ok),
            report.Count(CaseOutcome.Off),
            report.Count(CaseOutcome.Unknown),
            report.Count(CaseOutcome.Malformed)
        );
}

/// <summary>The value of all cases that agrees least.</summary>
internal sealed record WorstCase(string Case, string Kind, CheckedField Value)
{
    public static WorstCase? Of(CheckedCase? worst) => worst is { Worst: { } value } ? new(worst.Name, worst.Kind, value) : null;
}
