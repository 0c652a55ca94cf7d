namespace Assay.Models.Embeddings;

/// <summary>A vector of which most entries are 0.</summary>
/// <param name="Indices">Where it is not 0, ascending.</param>
/// <param name="Values">The entries there.</param>
public sealed record SparseVector(IReadOnlyList<int> Indices, IReadOnlyList<float> Values);
