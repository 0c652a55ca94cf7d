namespace Assay.Rag.Indexing;

/// <summary>How far a stage is.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; 0 when unknown.</param>
/// <param name="Unit">What is counted: bytes, documents, chunks, queries.</param>
internal readonly record struct StageProgress(RagStage Stage, long Done, long Total, string Unit);
