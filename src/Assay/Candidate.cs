namespace Assay;

/// <summary>What evidence speaks about: one version of a service, as far as it is known.</summary>
public sealed record Candidate
{
    /// <summary>The commit of the code, 7 to 64 hexadecimal digits; empty when unknown.</summary>
    public string Commit { get; init; } = "";

    /// <summary>The prompts that took part, <c>name@version</c>, in order; empty when none did.</summary>
    public IReadOnlyList<string> Prompts { get; init; } = [];

    /// <summary>SHA-256 of the dataset's cases, 64 hexadecimal digits; empty when no dataset took part.</summary>
    public string DatasetHash { get; init; } = "";

    /// <summary>A hash over the flags as they stood; empty when none took part.</summary>
    public string Flags { get; init; } = "";

    /// <summary>The models that answered or judged, in order; offline models begin with <c>offline/</c>.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
