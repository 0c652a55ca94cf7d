using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Reports;

namespace Assay.Experimentation.Analysis.Looks;

/// <summary>A look at an experiment, as it is remembered.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Version">Its version.</param>
/// <param name="At">When.</param>
/// <param name="Units">Units of all arms.</param>
/// <param name="Action">What was decided.</param>
/// <param name="Cause">Why.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Figures">Goals and guardrails as they stood.</param>
internal sealed record ExperimentLook(
    string Experiment,
    int Version,
    DateTimeOffset At,
    long Units,
    DecidedAction Action,
    DecisionCause Cause,
    string Reason,
    IReadOnlyList<LookFigure> Figures
)
{
    /// <summary>The treatment the decision was about; null for all.</summary>
    public string? Variant { get; init; }

    /// <summary>The first exposure that was stored then; null when there was none, and for looks of older versions.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>Whether the hub looked by itself, at the time that the definition sets.</summary>
    public bool IsScheduled { get; init; }

    /// <summary>Whether its report is stored, see <see cref="ReportArchive"/>.</summary>
    public bool HasReport { get; init; }

    /// <summary>Whether this look decided the goals once and for all: one of a fixed horizon, at the planned size.</summary>
    public bool IsFinal { get; init; }

    public static ExperimentLook Of(ExperimentReport report, bool isFinal) =>
        new(
            report.Experiment,
            report.Version,
            report.At,
            report.Units,
            report.Decision.Action,
            report.Decision.Cause,
            report.Decision.Reason,
            [
                .. report
                    .Metrics.Where(m => m.Role != MetricRole.Info)
                    .SelectMany(m =>
                        m.Comparisons.Select(c => new LookFigure(
                            m.Metric,
                            m.Kind,
                            c.Variant,
                            c.Difference.Estimate,
                            c.Difference.Low,
                            c.Difference.High,
                            c.Finding
                        ))
                    ),
            ]
        )
        {
            Variant = report.Decision.Variant,
            First = report.First,
            IsFinal = isFinal,
        };
}

/// <summary>A difference as it stood at a look.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Variant">The treatment.</param>
/// <param name="Estimate">The difference; null when there was none.</param>
/// <param name="Low">Its interval's lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Finding">What it came to.</param>
internal sealed record LookFigure(string Metric, string Kind, string Variant, double? Estimate, double? Low, double? High, Finding Finding);
