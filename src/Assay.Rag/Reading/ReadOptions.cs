namespace Assay.Rag.Reading;

/// <summary>How documents are read.</summary>
internal sealed record ReadOptions
{
    /// <summary>
    /// The largest file that is read whole (.md, .txt, .html), MiB, from 1 to 1024. The default is 64. JSON lines are streamed and have no such limit.
    /// </summary>
    public int MaxDocumentMb { get; init; } = 64;

    /// <summary>
    /// Whether a document with the content of an earlier one is left out and reported. The default is true.
    /// Judged collections name both copies in their judgements: they are read with false.
    /// </summary>
    public bool SkipDuplicates { get; init; } = true;

    internal ReadOptions Validated() =>
        MaxDocumentMb is >= 1 and <= 1024
            ? this
            : throw AssayException.Usage($"The largest document is {MaxDocumentMb} MiB.", "Give a limit from 1 to 1024 MiB.");
}
