namespace Assay.Evaluation.Running;

/// <summary>How much a run may do at once and in all.</summary>
public sealed record RunLimits
{
    /// <summary>Cases worked on at once, 1 to 1,024. The run begins here and backs off when an endpoint says 429.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>How long the run may take; null for no limit. When it is over, what is in flight is finished and the run can be resumed.</summary>
    public TimeSpan? MaxTime { get; init; }
}
