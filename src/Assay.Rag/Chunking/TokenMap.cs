using System.Runtime.InteropServices;
using Assay.Rag.Reading;

namespace Assay.Rag.Chunking;

/// <summary>Where the tokens of a text are, found once, so that any piece is counted by two searches.</summary>
internal sealed class TokenMap
{
    private readonly List<int> _starts;

    public TokenMap(ReadOnlySpan<char> text)
    {
        _starts = new List<int>(text.Length / 6);
        var tokens = new TokenCursor(text);
        while (tokens.MoveNext())
        {
            _starts.Add(tokens.Start);
        }
    }

    /// <summary>The number of tokens that begin in the piece.</summary>
    public int Count(TextRange piece) => At(piece.End) - At(piece.Start);

    /// <summary>The position after the given number of tokens from the start of the piece: where the next token begins, or the end of the piece.</summary>
    public int After(TextRange piece, int tokens)
    {
        var next = At(piece.Start) + tokens;
        return next < _starts.Count ? Math.Min(_starts[next], piece.End) : piece.End;
    }

    /// <summary>The number of tokens, or more than <paramref name="most"/> as soon as there are more.</summary>
    public static int CountUpTo(ReadOnlySpan<char> text, int most)
    {
        var count = 0;
        var tokens = new TokenCursor(text);
        while (count <= most && tokens.MoveNext())
        {
            count++;
        }

        return count;
    }

    private int At(int position)
    {
        var found = CollectionsMarshal.AsSpan(_starts).BinarySearch(position);
        return found < 0 ? ~found : found;
    }
}
