namespace Assay.Statistics.Checking;

/// <summary>One expected field and what the library answers.</summary>
/// <param name="Field">Its path: <c>welch.p_two_sided</c>, <c>rows[3].value</c>.</param>
/// <param name="Expected">The expected number; null when no number is expected.</param>
/// <param name="Got">The library's number; null when it gives none.</param>
/// <param name="RelativeError">|got − expected| / |expected|, at least 0; null when it is no number: one of the two is absent, or 0 was expected.</param>
/// <param name="Problem">What does not agree, as half a sentence; null when the field agrees.</param>
public sealed record CheckedField(string Field, double? Expected, double? Got, double? RelativeError, string? Problem)
{
    /// <summary>Larger is worse. What could be measured comes before what could not; of that, what does not agree.</summary>
    internal double Badness => RelativeError ?? (Problem is null ? -2 : -1);
}
