using System.Text;
using Assay.Files;

namespace Assay.Rag.Reading;

/// <summary>Streams the documents of one .jsonl file, however large it is. A bad line is reported and the next one is read.</summary>
internal sealed class JsonLinesFile : IDisposable
{
    /// <summary>The longest line, bytes.</summary>
    public const int MaxLineBytes = 16 << 20;

    private readonly SourceFile _file;
    private readonly DocumentIds _ids;
    private readonly ContentHashes? _contents;
    private readonly Stream _stream;
    private readonly Utf8LineReader _lines;
    private bool _started;
    private bool _ended;
    private bool _any;

    public JsonLinesFile(SourceFile file, DocumentIds ids, ContentHashes? contents)
    {
        (_file, _ids, _contents) = (file, ids, contents);
        var bytes = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        _stream = InUtf8(bytes);
        _lines = new Utf8LineReader(_stream, MaxLineBytes);
    }

    /// <summary>How many bytes of lines were taken so far.</summary>
    public long BytesRead => _lines.Position;

    public void Dispose() => _stream.Dispose();

    /// <summary>The next document, bad line or duplicate; false at the end.</summary>
    public bool TryNext(out ReadItem item)
    {
        try
        {
            return TryNextLine(out item);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            _ended = true;
            item = _file.Bad($"Reading stopped after line {_lines.Line}: {e.Message}", "Check the file and the disk that it is on.", _lines.Line + 1);
            return true;
        }
    }

    private bool TryNextLine(out ReadItem item)
    {
        item = default;
        if (!_started && Start() is { } refused)
        {
            item = refused;
            return true;
        }

        while (!_ended && _lines.TryRead(out var line, out var tooLong))
        {
            if (tooLong)
            {
                item = _file.Bad($"The line is longer than {MaxLineBytes >> 20} MiB.", "Split the document into several lines.", _lines.Line);
                return _any = true;
            }

            if (!IsBlank(line))
            {
                item = Read(line);
                return _any = true;
            }
        }

        return Finish(out item);
    }

    private ReadItem Read(ReadOnlySpan<byte> bytes)
    {
        var line = JsonLine.Parse(bytes, _lines.Offset);
        if (line.Problem is not null)
        {
            return _file.Bad(line.Problem, line.Fix, _lines.Line);
        }

        var source = string.Create(null, stackalloc char[256], $"{_file.RelativePath}#{_lines.Line}");
        var id = line.Id ?? source;
        if (!_ids.TryTake(id))
        {
            return _file.Bad($"The id '{id}' was used before.", "Give every document of a run its own id.", _lines.Line);
        }

        if (_contents?.FirstSource(line.Title, line.Text, _lines.Line) is { } first)
        {
            return new DuplicateDocument($"{_file.Path}#{_lines.Line}", first);
        }

        return new Document(id, line.Title, line.Text, source, new ParagraphBlocks(line.Text));
    }

    private BadDocument? Start()
    {
        _started = true;
        var head = _lines.Peek(DecodedText.BinaryProbeBytes);
        if (DecodedText.IsBinary(head))
        {
            _ended = _any = true;
            return _file.Bad(DecodedText.Binary.Problem, DecodedText.Binary.Fix);
        }

        if (head.StartsWith("\uFEFF"u8))
        {
            _lines.Skip(3);
        }

        return null;
    }

    private bool Finish(out ReadItem item)
    {
        item = _any ? default : (ReadItem)_file.Empty();
        (var first, _any, _ended) = (!_any, true, true);
        return first;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;

    private static Stream InUtf8(FileStream bytes)
    {
        Span<byte> mark = stackalloc byte[2];
        var read = bytes.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        var little = read == 2 && mark is [0xFF, 0xFE];
        if (!little && !(read == 2 && mark is [0xFE, 0xFF]))
        {
            bytes.Position = 0;
            return bytes;
        }

        var utf16 = new UnicodeEncoding(bigEndian: !little, byteOrderMark: false, throwOnInvalidBytes: true);
        return Encoding.CreateTranscodingStream(bytes, utf16, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
    }
}
