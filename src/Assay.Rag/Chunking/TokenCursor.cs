namespace Assay.Rag.Chunking;

/// <summary>The tokens of a text: runs of letters, digits and the marks on them.</summary>
internal ref struct TokenCursor(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _end;

    public int Start { get; private set; }

    public readonly int Length => _end - Start;

    public bool MoveNext()
    {
        Start = _end;
        while (Start < _text.Length && !char.IsLetterOrDigit(_text[Start]))
        {
            Start++;
        }

        _end = Start;
        while (_end < _text.Length && char.IsLetterOrDigit(_text[_end]))
        {
            _end++;
        }

        return _end > Start;
    }
}
