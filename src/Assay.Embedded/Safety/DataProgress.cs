namespace Assay.Embedded.Safety;

/// <summary>How far long work on a data folder is.</summary>
/// <param name="Step">What is done now, a word: <c>pages</c>, <c>copy</c>.</param>
/// <param name="Done">Bytes done; equal to <paramref name="Total"/> once when the step is done.</param>
/// <param name="Total">Bytes in all.</param>
public readonly record struct DataProgress(string Step, long Done, long Total);
