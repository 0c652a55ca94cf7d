namespace Assay.Models.Caching;

/// <summary>An answer that was paid for once.</summary>
/// <param name="Body">The answer's body.</param>
/// <param name="DurationMs">What the call took, in milliseconds.</param>
internal sealed record CachedAnswer(ReadOnlyMemory<byte> Body, double DurationMs);
