namespace Assay.Releases.Canaries.Probes;

/// <summary>What asking a probe at a look came to.</summary>
/// <param name="IsWell">Whether an answer was a good one.</param>
/// <param name="Text">What was asked and what was answered, in sentences.</param>
internal sealed record ProbeReading(bool IsWell, string Text)
{
    /// <summary>The value of the last answer, finite; null for a probe without a sample, and when none was read.</summary>
    public double? Value { get; init; }
}
