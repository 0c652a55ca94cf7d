namespace Assay.Evaluation.Datasets;

/// <summary>Which cases a dataset holds: two files with the same identity hold the same cases in the same order, whatever their format.</summary>
/// <param name="Name">The file's name without its extension: <c>benchmark_digest_ru_v1</c>.</param>
/// <param name="Hash">SHA-256 over the canonical form of every case, 64 hexadecimal digits.</param>
/// <param name="Cases">How many cases.</param>
/// <param name="Clusters">How many clusters; a case without one is its own.</param>
/// <param name="InputCharacters">All inputs, references and contexts together, in characters: for the estimate before a run.</param>
public sealed record DatasetIdentity(string Name, string Hash, int Cases, int Clusters, long InputCharacters);
