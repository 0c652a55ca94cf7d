namespace Assay.Models.Calls;

/// <summary>What one logical model call may take.</summary>
public sealed record CallLimits
{
    /// <summary>The longest wait for one attempt's whole answer. The default is 60 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The time for all attempts and the waits between them. A retry whose wait does not fit is not begun, an attempt is cut short at its end.
    /// The default is 180 s.
    /// </summary>
    public TimeSpan TotalBudget { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>Attempts after the first at most. The default is 5.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>The wait before the first retry, doubled for each further one; what is waited is half of it to all of it. The default is 0.5 s.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait that is chosen here; a server's <c>Retry-After</c> may be longer. The default is 30 s.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest answer, decompressed. The default is 16 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 16 << 20;

    /// <summary>Limits where an answer may take so many seconds and all attempts three times that; null for the defaults.</summary>
    internal static CallLimits Within(double? seconds) =>
        seconds is { } each ? new() { AttemptTimeout = TimeSpan.FromSeconds(each), TotalBudget = TimeSpan.FromSeconds(each * 3) } : new();

    /// <summary>How long an endpoint is left alone once half of at least ten attempts within 30 s failed. The default is 5 s.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(5);
}
