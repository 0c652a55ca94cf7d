namespace Assay.Releases.Rehearsals;

/// <summary>A way in which a candidate goes wrong, as it is rehearsed.</summary>
/// <param name="Name">Its name: <c>error_spike</c>.</param>
/// <param name="What">What happens to the candidate, in a sentence.</param>
/// <param name="Fault">What is asked of the sample service.</param>
/// <param name="Budget">How long finding it and getting back may take.</param>
internal sealed record RehearsalScenario(string Name, string What, RehearsalFault Fault, RehearsalBudget Budget)
{
    /// <summary>Whether the candidate is broken before it has any traffic; otherwise it is first seen healthy.</summary>
    public bool IsBroken { get; init; }

    /// <summary>The watched metrics of which one is to find it.</summary>
    public required IReadOnlyList<string> FoundBy { get; init; }

    /// <summary>How that is to be, in words.</summary>
    public required string How { get; init; }
}

/// <summary>How long a rehearsal may take, from the fault on.</summary>
/// <param name="Detect">Until the rollback is decided.</param>
/// <param name="Restore">Until those whom the candidate answered are answered well again.</param>
internal sealed record RehearsalBudget(TimeSpan Detect, TimeSpan Restore)
{
    /// <summary>The longest that may be asked for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);
}

/// <summary>A fault of the sample service, as <c>POST /faults</c> takes it; it hurts questions of the candidate's variant alone.</summary>
/// <param name="Kind"><c>errors</c>, <c>latency</c>, <c>readiness</c>, <c>memory</c> or <c>dependency</c>.</param>
internal sealed record RehearsalFault(string Kind)
{
    /// <summary>The share of the candidate's questions that is hurt, in percent.</summary>
    public double Percent { get; init; } = 100;

    /// <summary>For latency and dependency: how long a question waits, in milliseconds.</summary>
    public int Ms { get; init; }

    /// <summary>For memory: what a question leaves behind, in MiB.</summary>
    public int MegaBytes { get; init; } = 1;

    /// <summary>When it ends by itself, should nobody end it: longer than anybody waits for it to be found.</summary>
    public int Seconds { get; init; } = 3_600;

    /// <summary>The flag whose variant is the candidate.</summary>
    public string Flag { get; init; } = RehearsalStage.Flag;

    /// <summary>That variant.</summary>
    public string Variant { get; init; } = RehearsalStage.Variant;
}
