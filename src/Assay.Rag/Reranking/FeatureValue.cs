namespace Assay.Rag.Reranking;

/// <summary>One feature of a passage: what it measured, and what that adds to the passage's score.</summary>
/// <param name="Name">The feature's name as in <see cref="RerankFeature.All"/>.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Weight">The feature's weight; weight × value is what the score gains.</param>
internal readonly record struct FeatureValue(string Name, double Value, double Weight);
