namespace Assay.Statistics.Checking;

/// <summary>One case of a reference file after the check.</summary>
/// <param name="Name">The case's name; its place in the file when it has none.</param>
/// <param name="Kind">The case's kind; empty when it cannot be read.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="RelativeTolerance">Largest relative error that agrees; null when the case cannot be read.</param>
/// <param name="Compared">How many expected values were compared.</param>
/// <param name="Worst">The value with the largest relative error; one that does not agree where none has an error; null when none was compared.</param>
/// <param name="OffCount">How many values do not agree.</param>
/// <param name="Off">The first values that do not agree, at most 20.</param>
/// <param name="UnknownFields">Expected fields that nothing answers.</param>
/// <param name="UnusedInputs">Inputs that the method does not take.</param>
/// <param name="Problem">Why the case is unknown or malformed, as half a sentence; null otherwise.</param>
public sealed record CheckedCase(
    string Name,
    string Kind,
    CaseOutcome Outcome,
    double? RelativeTolerance,
    int Compared,
    CheckedField? Worst,
    int OffCount,
    IReadOnlyList<CheckedField> Off,
    IReadOnlyList<string> UnknownFields,
    IReadOnlyList<string> UnusedInputs,
    string? Problem
)
{
    /// <summary>The largest relative error of the case; null when none could be measured.</summary>
    public double? WorstRelativeError => Worst?.RelativeError;
}
