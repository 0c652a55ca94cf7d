namespace Assay.Statistics.Checking;

/// <summary>What the check of a reference file came to.</summary>
/// <param name="File">The file, as it was given.</param>
/// <param name="Cases">Every case in the order of the file.</param>
public sealed record ReferenceReport(string File, IReadOnlyList<CheckedCase> Cases)
{
    /// <summary>How many cases have this outcome.</summary>
    public int Count(CaseOutcome outcome) => Cases.Count(c => c.Outcome == outcome);

    /// <summary>
    /// What the report tells the shell: 2 when a case cannot be read, else 1 when a value is off, else 3 when something is unknown
    /// or there is no case at all, else 0.
    /// </summary>
    public ExitCode ExitCode =>
        Count(CaseOutcome.Malformed) > 0 ? ExitCode.WrongUsage
        : Count(CaseOutcome.Off) > 0 ? ExitCode.Fail
        : Count(CaseOutcome.Unknown) > 0 || Cases.Count == 0 ? ExitCode.Inconclusive
        : ExitCode.Pass;

    /// <summary>The case with the largest relative error, the first of several; null when none could be measured.</summary>
    public CheckedCase? Worst => Cases.Where(c => c.WorstRelativeError is not null).MaxBy(c => c.WorstRelativeError);
}
