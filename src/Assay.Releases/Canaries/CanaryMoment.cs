namespace Assay.Releases.Canaries;

/// <summary>What a decision is told beside the figures.</summary>
/// <param name="Now">The time.</param>
/// <param name="Passed">Time under observation since the last look or the begin of the step; see <see cref="CanaryClock"/>.</param>
/// <param name="Approvals">People who approved the last step.</param>
internal sealed record CanaryMoment(DateTimeOffset Now, TimeSpan Passed, int Approvals = 0)
{
    /// <summary>What the split reads, in percent; null when it cannot be read, as when somebody else wrote it: nothing goes on then.</summary>
    public decimal? Traffic { get; init; }

    /// <summary>Why the last attempt to move traffic failed; null when none did since it was last moved.</summary>
    public string? MoveFault { get; init; }
}
