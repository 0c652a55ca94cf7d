using Assay.Releases.Files;

namespace Assay.Releases.Canaries;

/// <summary>A canary of a release file, read and checked.</summary>
/// <param name="Release">The release.</param>
/// <param name="Service">The service, as its telemetry names it.</param>
/// <param name="File">The file's section.</param>
internal sealed record CanaryPlan(ReleaseId Release, string Service, CanaryEntry File)
{
    /// <summary>What a file writes for figures of the hub's own store.</summary>
    public const string HubMetrics = "hub";

    /// <summary>
    /// The accepted chance, at each step and over all of its looks, to take a guardrail for proven that is not within its margin. A promotion has to pass every
    /// step and every guardrail, so the chance of a wrong one is at most this.
    /// </summary>
    public const double ProofAlpha = 0.05;

    /// <summary>The time between looks.</summary>
    public required TimeSpan LookEvery { get; init; }

    /// <summary>The least time on a step.</summary>
    public required TimeSpan MinTime { get; init; }

    /// <summary>A step that could not be decided for so long is rolled back.</summary>
    public required TimeSpan LongestHold { get; init; }

    /// <summary>What is watched, in the order of the file.</summary>
    public required IReadOnlyList<CanaryMetric> Metrics { get; init; }

    /// <summary>Where traffic is not moved by a flag: the <c>service.version</c> of the canary. The file's, or the candidate's own, so that one file serves every version.</summary>
    public string CanaryVersion => File.Split.Version ?? Release.Version;

    /// <summary>Percent of traffic at each step; the last is 100.</summary>
    public IReadOnlyList<decimal> Steps => File.Steps;

    /// <summary>Steps at which control still has traffic and the canary is judged.</summary>
    public int JudgedSteps => Steps.Count - 1;

    /// <summary>The accepted chance to roll a healthy canary back at one step: all steps together keep what the file accepts (Bonferroni).</summary>
    public double StepAlpha => File.Alpha / JudgedSteps;

    /// <summary>The plan of a release file's canary.</summary>
    /// <exception cref="AssayException">The file has no canary or a value is wrong (exit code 2); the message names file and line.</exception>
    public static CanaryPlan Of(ReleaseFile file, string version) => CanaryPlanReading.Of(file, version);
}
