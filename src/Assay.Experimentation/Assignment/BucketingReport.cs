using System.Globalization;
using System.Text.Json.Serialization;
using Assay.Statistics.Corrections;

namespace Assay.Experimentation.Assignment;

/// <summary>What an audit found; with <c>--json</c> this is the document.</summary>
/// <param name="Verdict">Pass: nothing. Fail: a test or a ramp. No data: fewer than <see cref="BucketingAudit.LeastIds"/> ids.</param>
/// <param name="Summary">The verdict in a sentence.</param>
/// <param name="Alpha">The accepted chance that a fair assignment fails any test.</param>
/// <param name="Ids">Different ids.</param>
/// <param name="Repeated">Ids that came again and were left out.</param>
/// <param name="Experiments">Experiments.</param>
/// <param name="Tests">Tests that were made.</param>
/// <param name="Skipped">Tests that could not be made, such as of an experiment with all weight on one arm.</param>
/// <param name="LeastP">The smallest p-value of all, adjusted for their number by Holm's method; null when no test was made.</param>
/// <param name="Dropped">Ids that a ramp left out again.</param>
/// <param name="Switched">Ids that had two arms on a ramp.</param>
/// <param name="Findings">What failed, the worst first, at most <see cref="MostFindings"/>.</param>
internal sealed record BucketingReport(
    Verdict Verdict,
    string Summary,
    double Alpha,
    long Ids,
    long Repeated,
    int Experiments,
    int Tests,
    int Skipped,
    double? LeastP,
    long Dropped,
    long Switched,
    IReadOnlyList<BucketingFinding> Findings
)
{
    /// <summary>Findings that are told; <see cref="Summary"/> tells how many there are.</summary>
    public const int MostFindings = 100;

    [JsonIgnore]
    public ExitCode ExitCode =>
        Verdict switch
        {
            Verdict.Pass => ExitCode.Pass,
            Verdict.Fail => ExitCode.Fail,
            _ => ExitCode.Inconclusive,
        };

    public static BucketingReport Of(BucketingAudit audit, double alpha, IReadOnlyList<AuditSubject> subjects, IReadOnlyList<AuditTest> tests)
    {
        var made = tests.Where(t => t.Result.AsComputed?.P is not null).ToList();
        var adjusted = MultipleTesting.Adjust([.. made.Select(t => t.Result.AsComputed!.P!.Value.Value)], Correction.Holm);
        var findings = made.Zip(adjusted, (test, p) => new BucketingFinding(test.What, test.Experiments, p))
            .Where(f => f.AdjustedP <= alpha)
            .OrderBy(f => f.AdjustedP)
            .ToList();
        var (dropped, switched) = (subjects.Sum(s => s.Dropped), subjects.Sum(s => s.Switched));
        var verdict =
            dropped + switched > 0 ? Verdict.Fail
            : audit.Ids < BucketingAudit.LeastIds ? Verdict.NoData
            : findings.Count > 0 ? Verdict.Fail
            : Verdict.Pass;
        return new BucketingReport(
            verdict,
            Sentence(verdict, audit, made.Count, findings.Count, dropped, switched),
            alpha,
            audit.Ids,
            audit.Repeated,
            subjects.Count,
            made.Count,
            tests.Count - made.Count,
            adjusted.Length > 0 ? adjusted.Min() : null,
            dropped,
            switched,
            verdict == Verdict.NoData ? [] : [.. findings.Take(MostFindings)]
        );
    }

    private static string Sentence(Verdict verdict, BucketingAudit audit, int tests, int failed, long dropped, long switched) =>
        verdict switch
        {
            Verdict.Pass => Text($"Fair: chance explains all {tests:#,0} tests on {audit.Ids:#,0} ids; on a ramp nobody was dropped and nobody changed arms."),
            Verdict.Fail => Text(
                $"Unfair: {failed:#,0} of {tests:#,0} tests on {audit.Ids:#,0} ids are not explained by chance; on a ramp {dropped:#,0} times a unit was dropped and {switched:#,0} times its arm changed."
            ),
            _ => Text($"No verdict: {audit.Ids:#,0} different ids; at least {BucketingAudit.LeastIds:#,0} are needed."),
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A test that failed.</summary>
/// <param name="What">What does not hold.</param>
/// <param name="Experiments">Of which experiment, or which two.</param>
/// <param name="AdjustedP">Its p-value, adjusted for the number of tests.</param>
internal sealed record BucketingFinding(string What, IReadOnlyList<string> Experiments, double AdjustedP);
