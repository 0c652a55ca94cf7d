using Assay.Releases.Files;

namespace Assay.Releases.Canaries;

/// <summary>A canary of a release file, read and checked.</summary>
/// <param name="Release">The release.</param>
/// <param name="Service">The service, as its telemetry names it.</param>
/// <param name="File">The file's section.</param>
internal sealed record CanaryPlan(ReleaseId Release, string Service, CanaryEntry File)
{
    /// <summary>The time between looks.</summary>
    public required TimeSpan LookEvery { get; init; }

    /// <summary>The least time on a step.</summary>
    public required TimeSpan MinTime { get; init; }

    /// <summary>A step that could not be decided for so long is rolled back.</summary>
    public required TimeSpan LongestHold { get; init; }
}
