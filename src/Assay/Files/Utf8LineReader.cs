namespace Assay.Files;

/// <summary>The lines of a stream as bytes, in a buffer that grows to the longest line and never past the limit.</summary>
/// <param name="stream">The stream; it stays the caller's.</param>
/// <param name="maxLineBytes">The longest line that is given whole, in bytes.</param>
public sealed class Utf8LineReader(Stream stream, int maxLineBytes)
{
    private byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private bool _ended;
    private long _read;

    /// <summary>The number of the line last read, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Where the line last read begins in the stream, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>How far into the stream the lines read so far reach, in bytes.</summary>
    public long Position => _read - (_end - _start);

    /// <summary>The first bytes of the stream; to be asked before the first line.</summary>
    public ReadOnlySpan<byte> Peek(int bytes)
    {
        while (_end < bytes && Fill())
        {
            // The buffer is larger than any peek, so it fills without moving.
        }

        return _buffer.AsSpan(_start, Math.Min(bytes, _end - _start));
    }

    /// <summary>Leaves out bytes that <see cref="Peek"/> showed.</summary>
    public void Skip(int bytes) => _start += bytes;

    /// <summary>The next line without its end. <paramref name="tooLong"/>: it is past the limit and only its beginning is given.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line, out bool tooLong)
    {
        tooLong = false;
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0 && searched + at <= maxLineBytes)
            {
                line = Take(searched + at, 1);
                return true;
            }

            searched = _end - _start;
            if (at >= 0 || searched > maxLineBytes)
            {
                tooLong = true;
                line = DropLine();
                return true;
            }

            if (!Fill())
            {
                line = Take(searched, 0);
                return searched > 0;
            }
        }
    }

    private ReadOnlySpan<byte> Take(int length, int ending)
    {
        Line++;
        Offset = Position;
        var line = _buffer.AsSpan(_start, length);
        _start += length + ending;
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private ReadOnlySpan<byte> DropLine()
    {
        Line++;
        Offset = Position;
        do
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (at >= 0)
            {
                _start += at + 1;
                return [];
            }

            _start = _end;
        } while (Fill());
        return [];
    }

    private bool Fill()
    {
        if (_ended)
        {
            return false;
        }

        MakeRoom();
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _read += read;
        _ended = read == 0;
        return !_ended;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, maxLineBytes + (1L << 18)));
        }
    }
}
