namespace Assay.Text;

/// <summary>
/// Reads the words of a text one after another, without allocating. A word is a maximal run of letters and digits with their
/// combining marks; an apostrophe between letters, a point or comma between digits and underscores between either are kept
/// inside; everything else, the hyphen too, separates. A Han character is a word by itself. Half a surrogate pair separates.
/// </summary>
/// <param name="text">The text; offsets count its UTF-16 code units.</param>
public ref struct TokenReader(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> text = text;
    private int position;

    /// <summary>Where the word begins in the text; 0 before the first <see cref="Read"/>.</summary>
    public int Start { get; private set; }

    /// <summary>The length of the word; at least 1 after a <see cref="Read"/> that found one.</summary>
    public int Length { get; private set; }

    /// <summary>The word as it is written in the text.</summary>
    public readonly ReadOnlySpan<char> Token => text.Slice(Start, Length);

    /// <summary>Moves to the next word; false at the end of the text.</summary>
    public bool Read()
    {
        Start = SkipSeparators(position);
        position = Start < text.Length ? EndOfWord(Start) : Start;
        Length = position - Start;
        return Length > 0;
    }

    private readonly int SkipSeparators(int place)
    {
        while (place < text.Length)
        {
            var kind = CharacterKinds.At(text, place, out var width);
            if (kind is CharacterKind.Letter or CharacterKind.Digit or CharacterKind.Ideograph)
                break;
            place += width;
        }
        return place;
    }

    private readonly int EndOfWord(int start)
    {
        var last = CharacterKinds.At(text, start, out var width);
        return last == CharacterKind.Ideograph ? EndOfMarks(start + width) : EndOfRun(start + width, last);
    }

    private readonly int EndOfMarks(int place)
    {
        while (place < text.Length && CharacterKinds.At(text, place, out var width) == CharacterKind.Mark)
            place += width;
        return place;
    }

    private readonly int EndOfRun(int place, CharacterKind last)
    {
        while (place < text.Length)
        {
            var kind = CharacterKinds.At(text, place, out var width);
            if (kind is CharacterKind.Letter or CharacterKind.Digit)
                last = kind;
            else if (kind != CharacterKind.Mark && (width = WidthOfJoint(place, kind, last)) == 0)
                break;
            place += width;
        }
        return place;
    }

    /// <summary>How many characters stand between the two halves of one word; 0 where the word ends.</summary>
    private readonly int WidthOfJoint(int place, CharacterKind kind, CharacterKind last) =>
        kind switch
        {
            CharacterKind.Apostrophe => last == CharacterKind.Letter && KindAt(place + 1) == last ? 1 : 0,
            CharacterKind.Point => last == CharacterKind.Digit && KindAt(place + 1) == last ? 1 : 0,
            CharacterKind.Underscore => Underscores(place),
            _ => 0,
        };

    private readonly int Underscores(int place)
    {
        var end = place;
        while (KindAt(end) == CharacterKind.Underscore)
            end++;
        return KindAt(end) is CharacterKind.Letter or CharacterKind.Digit ? end - place : 0;
    }

    private readonly CharacterKind KindAt(int place) => place < text.Length ? CharacterKinds.At(text, place, out _) : CharacterKind.Separator;
}
