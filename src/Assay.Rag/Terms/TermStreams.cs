namespace Assay.Rag.Terms;

/// <summary>
/// The corpus as numbers: for each chunk the terms of its title field, then those of its body, in reading order.
/// Term numbers are ranks in the code point order of the terms (<see cref="CodePointOrder"/>), so that they do not depend on the order of reading.
/// </summary>
/// <param name="Terms">All terms, ascending by code points; the index is the term's number.</param>
/// <param name="Tokens">Term numbers of all chunks, one after the other.</param>
/// <param name="Starts">Where each chunk starts in <paramref name="Tokens"/>; one more entry than there are chunks.</param>
/// <param name="TitleLengths">How many of a chunk's tokens belong to its title field.</param>
internal sealed record TermStreams(string[] Terms, int[] Tokens, int[] Starts, int[] TitleLengths)
{
    public int ChunkCount => TitleLengths.Length;

    public ReadOnlySpan<int> Title(int chunk) => Tokens.AsSpan(Starts[chunk], TitleLengths[chunk]);

    public ReadOnlySpan<int> Body(int chunk) => Tokens.AsSpan(Starts[chunk] + TitleLengths[chunk], Starts[chunk + 1] - Starts[chunk] - TitleLengths[chunk]);

    public ReadOnlySpan<int> All(int chunk) => Tokens.AsSpan(Starts[chunk], Starts[chunk + 1] - Starts[chunk]);
}
