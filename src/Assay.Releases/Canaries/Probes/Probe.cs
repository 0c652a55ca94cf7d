using Assay.Releases.Files;

namespace Assay.Releases.Canaries.Probes;

/// <summary>What is asked at each look, read and checked.</summary>
/// <param name="Url">What is asked.</param>
/// <param name="Times">How often, and how long.</param>
internal sealed record Probe(Uri Url, ProbeTimes Times)
{
    /// <summary>The sample that is read from the answer; null when the status alone counts.</summary>
    public string? Sample { get; init; }

    /// <summary>Labels that the sample must have.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The address as it is told: without who asks and without what is asked for, either of which may be a secret.</summary>
    public string Told { get; } =
        Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (Url.Query.Length > 0 ? "?…" : "");

    /// <summary>The probe of a file that was checked.</summary>
    public static Probe Of(ProbeEntry entry) => new(new Uri(entry.Url), ProbeTimes.Of(entry)) { Sample = entry.Metric, Labels = entry.Labels };
}
