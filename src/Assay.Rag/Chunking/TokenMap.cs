using System.Runtime.InteropServices;
using Assay.Rag.Reading;
using Assay.Text;

namespace Assay.Rag.Chunking;

/// <summary>Where the tokens of a text are, found once, so that any piece is counted by two searches.</summary>
internal sealed class TokenMap
{
    private readonly List<int> _starts;
    private readonly List<int> _ends;

    public TokenMap(ReadOnlySpan<char> text)
    {
        _starts = new List<int>(text.Length / 6);
        _ends = new List<int>(text.Length / 6);
        var tokens = new TokenReader(text);
        while (tokens.Read())
        {
            _starts.Add(tokens.Start);
            _ends.Add(tokens.Start + tokens.Length);
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

    /// <summary>The position itself, or the end of the token that it would cut in two.</summary>
    public int Whole(int position)
    {
        var before = At(position) - 1;
        return before >= 0 && _ends[before] > position ? _ends[before] : position;
    }

    /// <summary>The number of tokens, or more than <paramref name="most"/> as soon as there are more.</summary>
    public static int CountUpTo(ReadOnlySpan<char> text, int most)
    {
        var count = 0;
        var tokens = new TokenReader(text);
        while (count <= most && tokens.Read())
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
