namespace Assay.Text;

/// <summary>What a character does in a text that is cut into words.</summary>
internal enum CharacterKind : byte
{
    /// <summary>Ends a word: spaces, punctuation, symbols, halves of a broken surrogate pair.</summary>
    Separator,
    Letter,
    Digit,

    /// <summary>Belongs to the letter before it: combining marks, soft hyphens, joiners of zero width.</summary>
    Mark,

    /// <summary>A word by itself: Han.</summary>
    Ideograph,

    /// <summary>Kept between letters: ' and ’.</summary>
    Apostrophe,

    /// <summary>Kept between digits: . and ,</summary>
    Point,

    /// <summary>Kept between letters and digits: _</summary>
    Underscore,

    /// <summary>Half of a character: the pair decides.</summary>
    Surrogate,
}
