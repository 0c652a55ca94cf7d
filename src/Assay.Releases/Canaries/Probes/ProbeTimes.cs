using Assay.Releases.Files;

namespace Assay.Releases.Canaries.Probes;

/// <summary>How often a probe is asked at a look, and how long that may take.</summary>
/// <param name="Failures">Failures in a row that make it fail.</param>
/// <param name="Every">From a failure until it is asked again.</param>
/// <param name="Timeout">How long an answer may take.</param>
internal sealed record ProbeTimes(int Failures, TimeSpan Every, TimeSpan Timeout)
{
    /// <summary>A look waits for its probes: other canaries of the hub wait for it, and give up after two minutes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <summary>Those of a file that was checked.</summary>
    /// <exception cref="AssayException">A length of time is none (exit code 2).</exception>
    public static ProbeTimes Of(ProbeEntry entry) =>
        new(entry.Failures, Durations.ReadFine(entry, "every", entry.Every), Durations.ReadFine(entry, "timeout", entry.Timeout));
}
