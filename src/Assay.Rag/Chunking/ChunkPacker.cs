using Assay.Rag.Reading;

namespace Assay.Rag.Chunking;

/// <summary>What one chunk holds: a range of the text and the headings above it.</summary>
internal readonly record struct Packed(TextRange Range, IReadOnlyList<string> Path);

/// <summary>Fills chunks with the blocks of one group of sections, in order, and takes apart what does not fit.</summary>
internal sealed class ChunkPacker(string text, TokenMap tokens, ChunkOptions options)
{
    private readonly Stack<Piece> _waiting = new();
    private readonly List<Piece> _current = [];
    private readonly List<Packed> _packed = [];
    private bool _hasBody;

    // Where the current chunk begins when it repeats the end of the one before it; otherwise none.
    private int? _overlapStart;

    // Where the sentences that the next chunk may repeat begin, the earliest first.
    private List<int> _repeatable = [];
    private Section? _repeatableIn;

    public List<Packed> Pack(List<Section> group)
    {
        foreach (var section in Enumerable.Reverse(group))
        {
            foreach (var unit in Enumerable.Reverse(section.Units))
            {
                _waiting.Push(new Piece(unit.Range, Heads(unit), Grain.Block, unit.Tokens, section));
            }
        }

        while (_waiting.TryPop(out var piece))
        {
            Place(piece);
        }

        Close();
        return _packed;
    }

    /// <summary>A heading that fills half a chunk leaves too little room for the text that must stay with it: it is treated as text.</summary>
    private BlockKind Heads(Unit unit) => unit.Kind == BlockKind.Heading && unit.Tokens > options.MaxTokens / 2 ? BlockKind.Paragraph : unit.Kind;

    private void Place(Piece piece)
    {
        if (Fits(piece))
        {
            Add(piece);
        }
        else if (piece.IsHeading || (_hasBody && (piece.Grain != Grain.Block || piece.Tokens <= options.MaxTokens)))
        {
            Flush(piece);
        }
        else
        {
            TakeApart(piece);
        }
    }

    private bool Fits(Piece piece)
    {
        var start = _current.Count > 0 ? Start : piece.Range.Start;
        var headings = piece.IsHeading && !_hasBody ? options.MaxTokens / 2 : options.MaxTokens;
        return tokens.Count(new TextRange(start, piece.Range.End)) <= headings;
    }

    private int Start => _overlapStart ?? _current[0].Range.Start;

    private void Add(Piece piece)
    {
        if (_current.Count == 0 && piece.Section == _repeatableIn && !piece.IsHeading)
        {
            _overlapStart = OverlapFor(piece);
        }

        _current.Add(piece);
        _hasBody |= piece.IsBody;
    }

    private int? OverlapFor(Piece piece)
    {
        foreach (var start in _repeatable)
        {
            if (tokens.Count(new TextRange(start, piece.Range.End)) <= options.MaxTokens)
            {
                return start;
            }
        }

        return null;
    }

    private void TakeApart(Piece piece)
    {
        if (piece.Grain == Grain.Block)
        {
            foreach (var sentence in piece.Sentences(text, tokens).Reverse())
            {
                _waiting.Push(sentence);
            }

            return;
        }

        var room = options.MaxTokens - (_current.Count == 0 ? 0 : tokens.Count(new TextRange(Start, piece.Range.Start)));
        var cut = tokens.After(piece.Range, room);
        Push(piece, cut, piece.Range.End);
        Push(piece, piece.Range.Start, cut);
    }

    private void Push(Piece piece, int start, int end)
    {
        var range = TextRange.Trimmed(text, start, end);
        if (!range.IsEmpty)
        {
            _waiting.Push(piece with { Range = range, Grain = Grain.Words, Tokens = tokens.Count(range) });
        }
    }

    /// <summary>Ends the chunk before the piece, which is placed again in the next one.</summary>
    private void Flush(Piece next)
    {
        _waiting.Push(next);
        Close();
    }

    private void Close()
    {
        if (_current.Count > 0)
        {
            _packed.Add(new Packed(new TextRange(Start, _current[^1].Range.End), Path(_current)));
            Remember(_current);
        }

        _current.Clear();
        _hasBody = false;
        _overlapStart = null;
    }

    /// <summary>
    /// Notes the whole sentences at the end of a chunk that the next one may repeat, back to the heading above them at most.
    /// A chunk is never repeated whole: it ended because the next piece did not fit behind all of it.
    /// </summary>
    private void Remember(List<Piece> pieces)
    {
        _repeatable = [];
        _repeatableIn = pieces[^1].Section;
        var end = pieces[^1].Range.End;
        foreach (var sentence in Enumerable.Reverse(pieces).SelectMany(piece => piece.Sentences(text, tokens).Reverse()))
        {
            var start = sentence.Range.Start;
            // A sentence without a word is never repeated: a million of them would count as nothing.
            var whole = sentence is { IsBody: true, Grain: Grain.Sentence };
            if (!whole || tokens.Count(new TextRange(start, end)) > options.OverlapTokens)
            {
                break;
            }

            _repeatable.Add(start);
        }

        _repeatable.Reverse();
    }

    /// <summary>The headings that are above all of the chunk's text.</summary>
    private static List<string> Path(List<Piece> pieces)
    {
        var sections = pieces.Where(piece => piece.IsBody).Select(piece => piece.Section).Distinct().ToList();
        var path = (sections.Count > 0 ? sections[0] : pieces[^1].Section).Path;
        var shared = path.TakeWhile((words, i) => sections.TrueForAll(section => i < section.Path.Count && section.Path[i] == words));
        return shared.ToList();
    }
}
