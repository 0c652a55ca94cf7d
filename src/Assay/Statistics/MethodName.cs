namespace Assay.Statistics;

/// <summary>A method's name and source, and the results made in its name.</summary>
internal sealed record MethodName(string Name, string Reference)
{
    /// <summary>An empty result to fill in with <c>with</c>; finish with <see cref="Computed.OrNotComputable"/>.</summary>
    public Computed Result(double estimate, long n) => new(Name, Reference) { Estimate = estimate, N = n };

    public NotComputable NotComputable(string reason) => new(Name, Reference, reason);
}
