namespace Assay.Rag.Chunking;

/// <summary>How documents are cut, and how long chunks are.</summary>
internal sealed record ChunkOptions
{
    /// <summary>Where documents are cut. The default is at their headings.</summary>
    public ChunkStrategy Strategy { get; init; } = ChunkStrategy.Headings;

    /// <summary>The most tokens (words and numbers) in a chunk, from 16 to 4096. The default is 320.</summary>
    public int MaxTokens { get; init; } = 320;

    /// <summary>
    /// The most tokens that a chunk repeats from the end of the one before it, less than half of <see cref="MaxTokens"/>.
    /// The default is 40; 0 repeats nothing.
    /// </summary>
    public int OverlapTokens { get; init; } = 40;

    /// <exception cref="AssayException">A size is out of its range (exit code 2).</exception>
    internal ChunkOptions Validated()
    {
        if (MaxTokens is < 16 or > 4096)
        {
            throw AssayException.Usage($"The chunk size is {MaxTokens} tokens.", "Give a chunk size from 16 to 4096 tokens.");
        }

        return OverlapTokens >= 0 && OverlapTokens < MaxTokens / 2
            ? this
            : throw AssayException.Usage(
                $"The overlap of chunks is {OverlapTokens} tokens.",
                $"Give an overlap from 0 to {(MaxTokens / 2) - 1} tokens (less than half of the chunk size, {MaxTokens})."
            );
    }
}

/// <summary>Where documents are cut.</summary>
internal enum ChunkStrategy
{
    /// <summary>At headings first, then at blocks, sentences and words; a chunk knows the headings above it.</summary>
    Headings,

    /// <summary>Every so many words, whatever stands there.</summary>
    Windows,
}
