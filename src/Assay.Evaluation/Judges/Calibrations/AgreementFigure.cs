using Assay.Statistics;

namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>How two judge alike.</summary>
public enum AgreementMeasure
{
    /// <summary>Spearman's rank correlation, −1 to 1: whether both put the items in the same order.</summary>
    Spearman,

    /// <summary>Cohen's kappa, 1 at most, 0 as much as by chance: whether both say the same. Grades are weighted by squared distance, preferences are not.</summary>
    Kappa,

    /// <summary>The share of items of which both say the same, 0 to 1.</summary>
    Accuracy,
}

/// <summary>One figure with its interval.</summary>
/// <param name="Between">Who is compared: <c>judge with humans</c>.</param>
/// <param name="Estimate">The figure; null when it cannot be computed.</param>
/// <param name="Low">The lower end of its interval; null when there is none.</param>
/// <param name="High">The upper end.</param>
/// <param name="N">Items it rests on.</param>
/// <param name="Method">The method.</param>
/// <param name="Reason">Why there is no figure or no interval; null when there are both.</param>
public sealed record AgreementFigure(string Between, double? Estimate, double? Low, double? High, long N, string Method, string? Reason)
{
    internal static AgreementFigure Of(string between, StatisticResult result, long n) =>
        result switch
        {
            Computed found => new(
                between,
                found.Estimate,
                found.Interval?.Low,
                found.Interval?.High,
                n,
                found.Method,
                found.Interval is null ? "agreement without an exception has no interval" : null
            ),
            NotComputable not => new(between, null, null, null, n, not.Method, not.Reason),
            _ => throw new InvalidOperationException($"No figure for {result.GetType().Name}."),
        };
}

/// <summary>One measure of agreement: of the judge, of the people among themselves, and of the length of the answers.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Judge">The judge with what the people say together.</param>
/// <param name="Annotators">The judge with each annotator: comparable with <paramref name="Humans"/>.</param>
/// <param name="Humans">Each two annotators; empty with one annotator.</param>
/// <param name="Length">A judge who prefers the longer answer, with what the people say together; null where a length says nothing.</param>
public sealed record AgreementLine(
    AgreementMeasure Measure,
    AgreementFigure Judge,
    IReadOnlyList<AgreementFigure> Annotators,
    IReadOnlyList<AgreementFigure> Humans,
    AgreementFigure? Length
);
