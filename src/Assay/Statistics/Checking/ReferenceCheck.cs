namespace Assay.Statistics.Checking;

/// <summary>
/// Recomputes the cases of a reference file and measures how far the library is from them. The statistics are checked with it
/// against figures of 60 digits; anybody's own figures can be checked the same way.
/// </summary>
public static class ReferenceCheck
{
    /// <summary>
    /// Checks every case of the file. A field that nothing answers makes its case unknown, a case that cannot be read is malformed;
    /// neither ends the check.
    /// </summary>
    /// <param name="path">A JSON file: an object with a list <c>cases</c>, or the list alone; each case has
    /// <c>kind</c>, <c>inputs</c>, <c>expected</c>, and mostly <c>name</c> and <c>rtol</c> (1e-9 when it is left out).</param>
    /// <param name="progress">Hears how many cases are done, and of how many; may be null.</param>
    /// <param name="cancellationToken">Stops between two cases.</param>
    /// <exception cref="AssayException">The file is missing, too large, or not of this form (exit code 2, place named).</exception>
    public static ReferenceReport Run(string path, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        var cases = ReferenceFile.Read(path);
        var done = new List<CheckedCase>(cases.Count);
        progress?.Invoke(0, cases.Count);
        foreach (var value in cases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            done.Add(Check(done.Count, value));
            progress?.Invoke(done.Count, cases.Count);
        }

        return new ReferenceReport(path, done);
    }

    /// <summary>Checks one case, wherever it is from.</summary>
    internal static CheckedCase Check(int index, ReferenceValue value)
    {
        try
        {
            return Check(ReferenceCase.Read(index, value));
        }
        catch (MalformedCaseException e)
        {
            var kind = value is ReferenceObject fields && fields["kind"] is ReferenceText text ? text.Value : "";
            return Without(ReferenceCase.NameOf(index, value), kind, CaseOutcome.Malformed, tolerance: null, $"cases[{index}]: {e.Message}");
        }
    }

    private static CheckedCase Check(ReferenceCase one)
    {
        if (KindTable.Find(one.Kind) is not { } answer)
        {
            return Without(
                one.Name,
                one.Kind,
                CaseOutcome.Unknown,
                one.RelativeTolerance,
                $"the kind '{one.Kind}' is not known; known are {string.Join(", ", KindTable.Names)}"
            );
        }

        var inputs = new CaseInputs(one.Inputs);
        var answers = answer(inputs);
        var tally = new CaseTally(one.RelativeTolerance);
        tally.CompareFields("", one.Expected, answers);
        return new CheckedCase(
            one.Name,
            one.Kind,
            OutcomeOf(tally),
            one.RelativeTolerance,
            tally.Compared,
            tally.Worst,
            tally.OffCount,
            tally.Off,
            tally.Unknown,
            inputs.Unused,
            ProblemOf(tally)
        );
    }

    private static CaseOutcome OutcomeOf(CaseTally tally) =>
        tally.OffCount > 0 ? CaseOutcome.Off
        : tally.Unknown.Count > 0 || tally.Compared == 0 ? CaseOutcome.Unknown
        : CaseOutcome.Ok;

    private static string? ProblemOf(CaseTally tally) =>
        tally.Unknown.Count > 0 ? $"nothing answers {string.Join(", ", tally.Unknown)}"
        : tally.Compared == 0 ? "nothing is expected"
        : null;

    private static CheckedCase Without(string name, string kind, CaseOutcome outcome, double? tolerance, string problem) =>
        new(name, kind, outcome, tolerance, Compared: 0, Worst: null, OffCount: 0, Off: [], UnknownFields: [], UnusedInputs: [], problem);
}
